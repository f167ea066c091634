"""The wall holds in the database itself, whatever a page might try."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from accounts.care.vault.access import subject_of
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import OUTSIDE, behind_the_wall, is_behind
from tests.cast import Cast
from tests.wall import step_outside

pytestmark = pytest.mark.django_db
WALLED = ("accounts.care.", "accounts.wellbeing.")


@pytest.fixture
def outside(db: None) -> object:
    connection.ensure_connection()
    step_outside()
    yield
    step_outside("none")


def test_every_table_of_care_lies_in_its_own_schema() -> None:
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith(WALLED)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, schemaname FROM pg_tables WHERE tablename = ANY(%s)",
            [list(ours)],
        )
        found = dict(cursor.fetchall())
    assert found == dict.fromkeys(ours, "care")


def test_the_sites_own_role_cannot_read_it(outside: object) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        Subject.objects.count()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 FROM care.accounts_care_vault_subject")


def test_care_steps_behind_and_out_again(outside: object, cast: Cast) -> None:
    with behind_the_wall():
        with behind_the_wall():
            assert is_behind()
        assert is_behind()
        assert Subject.objects.count() == 0
    assert not is_behind()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Subject.objects.count()


def test_an_error_leads_out_too(outside: object) -> None:
    with pytest.raises(ZeroDivisionError), behind_the_wall():
        raise ZeroDivisionError
    assert not is_behind()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        assert cursor.fetchone()[0] == OUTSIDE


def test_what_a_service_wrote_is_there(outside: object, cast: Cast) -> None:
    made = ensure_subject(user=cast.seeker.user)
    with behind_the_wall():
        assert subject_of(cast.seeker.user) == made


@pytest.mark.parametrize("path", ["/", "/jobs/", "/account/privacy/"])
def test_ordinary_pages_have_no_need_of_it(
    client: object, cast: Cast, path: str
) -> None:
    """They answer with the rights of the site's own role (tests.wall)."""
    client.force_login(cast.seeker.user)  # type: ignore[attr-defined]
    assert client.get(path).status_code == 200  # type: ignore[attr-defined]
