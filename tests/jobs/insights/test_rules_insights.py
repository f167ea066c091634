"""Weeks, sources, funnels, records and changes as tables and properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from accounts.employers.rules.working_days import working_days_after
from jobs.applications.rules.responses import Wait
from jobs.insights.rules.errands import (
    Errand,
    Kind,
    first_steps,
    in_order,
    minutes_left,
    next_step,
)
from jobs.insights.rules.funnel import STAGES, funnel
from jobs.insights.rules.record import (
    board_of,
    month_of,
    months_until,
    percent,
    stayed,
    trend,
)
from jobs.insights.rules.sources import is_machine, source_of
from jobs.insights.rules.weeks import by_week, finished_weeks, monday_of
from jobs.insights.rules.widening import shown_count, variants, worth_telling
from jobs.matching.rules.constraints import broken_limits
from jobs.matching.rules.facts import JobFacts, Seeker

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
JOB = JobFacts(
    id="x",
    city="3101",
    rest="alternate",
    works_late=True,
    is_rotating=True,
    pay_min=4000,
    pay_max=5000,
    education=3,
    phone=3,
    sales=1,
    checks_credit=True,
)


@given(DAYS)
def test_the_week_that_runs_is_never_counted(day: date) -> None:
    weeks = finished_weeks(day)
    assert len(weeks) == 12
    assert all(monday.weekday() == 0 for monday in weeks)
    assert weeks[-1] + timedelta(days=7) == monday_of(day)
    # A whole week long the page says the same.
    same = [finished_weeks(monday_of(day) + timedelta(days=n)) for n in range(7)]
    assert all(found == weeks for found in same)


@given(st.lists(st.tuples(DAYS, st.integers(0, 50)), max_size=30), DAYS)
def test_sums_of_weeks_leave_out_other_days(
    counts: list[tuple[date, int]], today: date
) -> None:
    weeks = finished_weeks(today)
    until = weeks[-1] + timedelta(days=7)
    inside = sum(count for day, count in counts if weeks[0] <= day < until)
    assert sum(by_week(counts, weeks)) == inside


@pytest.mark.parametrize(
    ("referer", "named", "source"),
    [
        ("https://site.test/jobs/?q=客服", "", "search"),
        ("https://site.test/matches/?page=2", "", "for_me"),
        ("https://site.test/alerts/abc/", "", "alerts"),
        ("https://site.test/applications/invited/abc/", "", "invitation"),
        ("https://site.test/jobs/0f/", "", "direct"),
        ("https://elsewhere.test/jobs/", "", "direct"),
        ("https://site.test.evil.test/jobs/", "", "direct"),
        ("http://[broken", "", "direct"),
        ("", "", "direct"),
        ("", "alert", "alerts"),
        ("https://site.test/jobs/", "whatever", "search"),
    ],
)
def test_the_page_that_led_here(referer: str, named: str, source: str) -> None:
    assert source_of(referer=referer, host="site.test", named=named) == source


@pytest.mark.parametrize(
    ("agent", "machine"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X)", False),
        ("Mozilla/5.0 (compatible; Baiduspider/2.0)", True),
        ("Googlebot/2.1", True),
        ("curl/8.5", True),
        ("", True),
    ],
)
def test_machines_are_told_from_people(agent: str, machine: bool) -> None:
    assert is_machine(agent) is machine


@given(st.lists(st.sets(st.sampled_from([*STAGES, "declined", "on_hold"])), max_size=9))
def test_a_funnel_only_narrows(applications: list[set[str]]) -> None:
    found = list(funnel(applications).values())
    assert found[0] == len(applications)
    assert found == sorted(found, reverse=True)


def test_whoever_was_interviewed_was_shortlisted() -> None:
    found = funnel([{"submitted", "interview"}, {"submitted", "declined"}])
    assert found == {
        "applied": 2,
        "viewed": 1,
        "shortlisted": 1,
        "interview": 1,
        "offered": 0,
        "hired": 0,
    }


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ([True] * 4, (4, None)),
        ([True] * 4 + [None] * 9, (4, None)),
        ([True] * 5, (5, 90)),
        ([False] * 5, (5, 10)),
        ([True] * 4 + [False], (5, 80)),
        ([True] * 10 + [False] * 11, (21, 50)),
    ],
)
def test_who_stayed_is_told_from_five_answers_on(
    outcomes: list[bool | None], told: tuple[int, int | None]
) -> None:
    assert stayed(outcomes) == told


@given(st.lists(st.sampled_from([True, False, None]), max_size=40))
def test_a_share_never_says_all_or_none(outcomes: list[bool | None]) -> None:
    answers, share = stayed(outcomes)
    assert (share is None) == (answers < 5)
    if share is not None:
        assert 10 <= share <= 90
        assert share % 10 == 0


def test_a_share_of_few_is_not_told() -> None:
    assert percent(4, 4) is None
    assert percent(4, 5) == 80


def test_months_run_to_the_one_we_are_in() -> None:
    found = months_until(date(2026, 2, 28), how_many=4)
    assert found == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_a_trend_tells_months_with_enough() -> None:
    sent = NOW - timedelta(days=5)
    in_time = Wait(sent, sent + timedelta(hours=30), "declined")
    silent = Wait(sent, None, "no_response")
    waiting = Wait(sent, None, "submitted")
    day = date(2026, 11, 21)
    months = months_until(date(2026, 11, 26), how_many=2)
    found = trend([(day, w) for w in [in_time] * 4 + [silent, waiting]], months)
    assert (found[0].waits, found[0].percent) == (0, None)
    assert (found[1].waits, found[1].percent, found[1].hours) == (5, 80, 30)
    few = trend([(day, in_time)] * 4, months)[1]
    assert (few.waits, few.percent, few.hours) == (4, None, None)
    assert month_of(day) == months[1]


def test_the_board_needs_five_employers() -> None:
    rows: list[tuple[int, int, int | None]] = [(10, 10 - n, 24 * n) for n in range(5)]
    assert board_of(rows[:4]).percent is None
    assert (board_of(rows).percent, board_of(rows).hours) == (80, 48)


# ---- What would bring more


def test_each_change_breaks_one_limit_less() -> None:
    picky = Seeker(
        city="3101",
        limits=frozenset(
            {"weekends_off", "no_night_shift", "no_phone", "no_credit_check"}
        ),
        min_pay=6400,
    )
    before = set(broken_limits(picky, JOB))
    gone = {
        code: before - set(broken_limits(picky, job))
        for code, job in variants(JOB).items()
    }
    assert gone["rest"] == {"weekends_off"}
    assert gone["nights"] == {"no_night_shift"}
    assert gone["text"] == {"no_phone"}
    assert gone["credit"] == {"no_credit_check"}
    assert gone["pay_500"] == {"pay_floor"}
    assert gone["pay_300"] == set()


def test_what_is_so_already_is_no_change() -> None:
    good = replace(
        JOB,
        rest="double",
        works_late=False,
        is_rotating=False,
        education=0,
        phone=0,
        sales=0,
        checks_credit=False,
    )
    assert set(variants(good)) == {"pay_300", "pay_500"}
    assert set(variants(replace(good, pay_min=None, pay_max=None))) == set()


@given(st.integers(0, 500), st.dictionaries(st.text(max_size=3), st.integers(0, 500)))
def test_no_small_number_is_told(now: int, after: dict[str, int]) -> None:
    told = worth_telling(now, after)
    assert all(count >= 10 and count % 10 == 0 for count in told.values())
    for code, count in told.items():
        assert count <= after[code] - now < count + 10
    assert shown_count(9) == 0
    assert shown_count(now) in {0, *range(10, 501, 10)}


# ---- The home page


def errand(kind: Kind, hours: float | None = None) -> Errand:
    by = None if hours is None else NOW + timedelta(hours=hours)
    return Errand(kind, kind, "/", "go", by=by)


def test_what_ends_within_a_day_comes_first() -> None:
    rows = [
        errand(Kind.DRAFT),
        errand(Kind.ANSWER, 200),
        errand(Kind.CHECK, 20),
        errand(Kind.TALK, 2),
        errand(Kind.CHANGES),
    ]
    found = [row.kind for row in in_order(rows, now=NOW)]
    assert found == [Kind.TALK, Kind.CHECK, Kind.ANSWER, Kind.CHANGES, Kind.DRAFT]


def test_what_is_overdue_comes_before_everything() -> None:
    rows = [errand(Kind.TALK, 1), errand(Kind.ANSWER, -30)]
    assert in_order(rows, now=NOW)[0].kind == Kind.ANSWER


def test_the_first_steps_take_a_quarter_of_an_hour() -> None:
    nothing = first_steps(
        has_organization=False,
        has_papers=False,
        has_promised=False,
        has_posting=False,
        has_colleagues=False,
    )
    assert minutes_left(nothing) < 15
    first = next_step(nothing)
    assert first is not None
    assert first.code == "organization"


def test_colleagues_hold_nobody_up() -> None:
    steps = first_steps(
        has_organization=True,
        has_papers=True,
        has_promised=True,
        has_posting=True,
        has_colleagues=False,
    )
    assert next_step(steps) is None
    assert minutes_left(steps) == 0


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 26), date(2026, 11, 30)),
        (date(2026, 11, 27), date(2026, 12, 1)),
        (date(2026, 11, 28), date(2026, 12, 1)),
        (date(2026, 11, 23), date(2026, 11, 25)),
    ],
)
def test_weekends_are_no_working_days(day: date, due: date) -> None:
    assert working_days_after(day, 2) == due
