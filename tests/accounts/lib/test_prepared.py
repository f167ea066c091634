"""Statements that are prepared on a connection, on a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.lib import prepared
from accounts.lib.prepared import MOST_PREPARED, MOST_SEEN, execute_again

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """A connection that was asked nothing yet."""
    connection.close()
    yield
    connection.close()


def ask(statement: str, *values: object, before: str = "") -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        execute_again(cursor, statement, values, before=before)
        return list(cursor.fetchall())


def names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def test_what_comes_twice_is_prepared_and_answers_the_same() -> None:
    statement = "SELECT %s::int + 1, %s::text, 'a%%b'"
    answers = [ask(statement, number, "it's") for number in range(4)]
    assert answers == [[(number + 1, "it's", "a%b")] for number in range(4)]
    (known,) = names()
    assert "$1::int" in known
    assert ask("SELECT 1") == [(1,)]
    assert len(names()) == 1


def test_a_statement_without_values_and_what_goes_before_it() -> None:
    show = "SELECT current_setting('jit')"
    for _ in range(3):
        assert ask(show, before="SET LOCAL jit = off;") == [("off",)]
    for _ in range(2):
        assert ask(show, before="SET LOCAL jit = on;") == [("on",)]
    assert len(names()) == 1


def test_another_server_connection_in_between_is_asked_plainly() -> None:
    for number in range(3):
        ask("SELECT %s::int", number)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert ask("SELECT %s::int", 7) == [(7,)]
    assert not names()
    for number in range(2):
        assert ask("SELECT %s::int", number) == [(number,)]
    assert len(names()) == 1


def test_of_a_connection_that_others_used_nothing_wrong_is_asked() -> None:
    """A pooler hands connections round: whatever has a name there is the same text."""
    for number in range(3):
        ask("SELECT %s::int", number)
    prepared._known.clear()
    for number in range(3):
        assert ask("SELECT %s::int * 10", number) == [(number * 10,)]
        assert ask("SELECT %s::int", number) == [(number,)]


def test_a_changed_table_is_read_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE changing (number int)")
        cursor.execute("INSERT INTO changing VALUES (1)")
    for _ in range(3):
        assert ask("SELECT * FROM changing") == [(1,)]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE changing ADD COLUMN word text DEFAULT 'new'")
    for _ in range(3):
        assert ask("SELECT * FROM changing") == [(1, "new")]


def test_a_new_connection_knows_nothing_of_the_old_one() -> None:
    for number in range(3):
        ask("SELECT %s::int", number)
    connection.close()
    assert ask("SELECT %s::int", 5) == [(5,)]
    assert not names()


def test_the_one_asked_longest_ago_makes_room() -> None:
    for number in range(MOST_PREPARED):
        for _ in range(2):
            ask(f"SELECT %s::int + {number}", 0)
    ask("SELECT %s::int + 0", 0)
    for _ in range(2):
        ask("SELECT %s::text", "more")
    kept = names()
    assert len(kept) == MOST_PREPARED
    assert any("$1::int + 0" in text for text in kept)
    assert not any(text.endswith("$1::int + 1") for text in kept)


def test_what_nobody_asks_again_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_SEEN", 10)
    for number in range(25):
        assert ask(f"SELECT {number}") == [(number,)]
    assert not names()
    known = prepared._known[connection.connection]
    assert len(known.seen) <= 10 < MOST_SEEN


def test_a_wrong_statement_is_an_error_each_time() -> None:
    for _ in range(3):
        with pytest.raises(ProgrammingError):
            ask("SELECT nothing_of_that_name")
    assert ask("SELECT 1") == [(1,)]


def test_inside_a_transaction_nothing_is_prepared() -> None:
    with transaction.atomic():
        for number in range(4):
            assert ask("SELECT %s::int", number) == [(number,)]
    assert not names()
