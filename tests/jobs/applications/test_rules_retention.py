from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from jobs.applications.rules.retention import (
    DAYS,
    SMALLEST_GROUP,
    Answered,
    asks_again,
    employed_at,
    is_due,
    is_open,
    needs_help,
    share,
)

START = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("after", "due", "open_"),
    [
        (6, False, False),
        (7, True, True),
        (20, True, True),
        (21, False, True),
        (36, False, True),
        (37, False, False),
    ],
)
def test_when_it_is_asked_and_until_when_answered(
    after: int, due: bool, open_: bool
) -> None:
    today = START + timedelta(days=after)
    assert is_due(START, 7, today=today) == due
    assert is_open(START, 7, today=today) == open_


def test_no_two_questions_are_due_on_one_day() -> None:
    for after in range(130):
        today = START + timedelta(days=after)
        assert sum(is_due(START, day, today=today) for day in DAYS) <= 1


ROWS: list[tuple[list[tuple[int, str, str]], bool | None]] = [
    ([], None),
    ([(90, "seeker", "")], None),
    ([(90, "seeker", "yes")], True),
    ([(90, "employer", "yes")], True),
    ([(90, "employer", "no")], False),
    # The person's own word counts first.
    ([(90, "seeker", "yes"), (90, "employer", "no")], True),
    ([(90, "seeker", "no"), (90, "employer", "yes")], False),
    # Whoever left after a week is not there after three months.
    ([(7, "seeker", "no")], False),
    # That somebody was there after a month says nothing about the third.
    ([(30, "seeker", "yes")], None),
    ([(30, "seeker", "yes"), (90, "employer", "yes")], True),
]


@pytest.mark.parametrize(("rows", "outcome"), ROWS)
def test_who_is_still_there(
    rows: list[tuple[int, str, str]], outcome: bool | None
) -> None:
    assert employed_at(90, [Answered(*row) for row in rows]) is outcome


def test_nobody_is_asked_again_about_a_job_that_is_over() -> None:
    rows = [Answered(7, "seeker", "no"), Answered(7, "employer", "yes")]
    assert not asks_again(rows, "seeker")
    assert asks_again(rows, "employer")


@given(st.lists(st.sampled_from([True, False, None]), max_size=40))
def test_small_groups_are_never_shown(outcomes: list[bool | None]) -> None:
    found = share(outcomes)
    answered = [o for o in outcomes if o is not None]
    assert (found.asked, found.answered) == (len(outcomes), len(answered))
    if len(answered) < SMALLEST_GROUP:
        assert (found.employed, found.percent) == (None, None)
    else:
        assert found.percent == round(100 * sum(answered) / len(answered))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("yes", "as_said", "none", False), []),
        (("yes", "", "", False), []),
        (("yes", "pay", "less", False), ["rights", "report", "matches"]),
        (("yes", "as_said", "more", False), ["report", "matches"]),
        (("no", "", "", False), ["matches"]),
        (("yes", "as_said", "none", True), ["help"]),
    ],
)
def test_what_is_offered_after_an_answer(
    said: tuple[str, str, str, bool], found: list[str]
) -> None:
    answer, promised, contact, wants = said
    assert (
        needs_help(answer=answer, promised=promised, contact=contact, wants_help=wants)
        == found
    )
