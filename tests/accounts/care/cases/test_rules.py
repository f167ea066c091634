from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from accounts.care.cases import enums
from accounts.care.cases.rules import attention, load, ties, workflow
from accounts.care.cases.rules.order import Place, gravest
from accounts.care.cases.words import BUTTONS, REFERRAL_BUTTONS, STEPS

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def place(
    key: str, *, level: str = "", late: bool = False, waits: int | None = None
) -> Place:
    return Place(
        level=level,
        is_overdue=late,
        waiting_since=None if waits is None else NOW - timedelta(days=waits),
        opened_at=NOW - timedelta(days=50),
        key=key,
    )


# In the order in which they are to stand.
IN_ORDER = [
    place("red, late, waits", level="red", late=True, waits=1),
    place("red, waits long", level="red", waits=40),
    place("red", level="red"),
    place("amber, late", level="amber", late=True),
    place("amber, waits long", level="amber", waits=40),
    place("yellow, late", level="yellow", late=True, waits=2),
    place("yellow", level="yellow"),
    place("late, waits 9", late=True, waits=9),
    place("late, waits 3", late=True, waits=3),
    place("late", late=True),
    place("waits 30", waits=30),
    place("waits 1", waits=1),
    place("nothing"),
]


@given(st.permutations(IN_ORDER))
def test_flag_then_overdue_then_waiting(found: list[Place]) -> None:
    assert sorted(found, key=lambda one: one.order) == IN_ORDER


places = st.builds(
    Place,
    level=st.sampled_from(["", "red", "amber", "yellow"]),
    is_overdue=st.booleans(),
    waiting_since=st.none() | st.datetimes(timezones=st.just(UTC)),
    opened_at=st.datetimes(timezones=st.just(UTC)),
    key=st.uuids().map(str),
)
RANKS = {"red": 0, "amber": 1, "yellow": 2, "": 3}


@given(st.lists(places, unique_by=lambda one: one.key))
def test_nobody_stands_before_somebody_in_more_need(found: list[Place]) -> None:
    ordered = sorted(found, key=lambda one: one.order)
    for first, second in itertools.pairwise(ordered):
        assert RANKS[first.level] <= RANKS[second.level]
        if first.level != second.level:
            continue
        assert first.is_overdue >= second.is_overdue
        if first.is_overdue != second.is_overdue:
            continue
        if second.waiting_since is not None:
            assert first.waiting_since is not None
            assert first.waiting_since <= second.waiting_since


@given(st.lists(places, unique_by=lambda one: one.key), st.randoms())
def test_the_order_is_the_same_each_time(found: list[Place], random: object) -> None:
    mixed = found[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]

    def in_order(rows: list[Place]) -> list[str]:
        return [one.key for one in sorted(rows, key=lambda one: one.order)]

    assert in_order(mixed) == in_order(found)


def test_the_gravest_of_several_flags_counts() -> None:
    assert gravest(["yellow", "red", "amber"]) == "red"
    assert gravest([]) == ""


@pytest.mark.parametrize(
    ("cases", "red", "expected"), [(0, 0, 0), (16, 1, 18), (3, 3, 9), (25, 0, 25)]
)
def test_red_counts_as_three(cases: int, red: int, expected: int) -> None:
    assert load.load_of(cases=cases, red=red) == expected


@pytest.mark.parametrize(
    ("carried", "is_red", "fits"),
    [(24, False, True), (25, False, False), (22, True, True), (23, True, False)],
)
def test_room_for_one_more(carried: int, is_red: bool, fits: bool) -> None:
    assert load.has_room(load=carried, cap=25, is_red=is_red) is fits


@pytest.mark.parametrize(
    ("state", "days", "has_next", "expected"),
    [
        ("active", 15, False, True),
        ("active", 14, False, False),
        ("active", 15, True, False),
        ("waiting", 20, False, True),
        ("handed_over", 20, False, True),
        ("on_hold", 90, False, False),
        ("closed", 90, False, False),
    ],
)
def test_stalled(state: str, days: int, has_next: bool, expected: bool) -> None:
    found = attention.is_stalled(
        state=state,
        last_contact=NOW - timedelta(days=days),
        has_next_step=has_next,
        now=NOW,
    )
    assert found is expected


@pytest.mark.parametrize(
    ("due", "done", "expected"),
    [
        (date(2026, 11, 25), False, True),
        (date(2026, 11, 26), False, False),
        (date(2026, 11, 1), True, False),
    ],
)
def test_overdue_from_the_day_after(due: date, done: bool, expected: bool) -> None:
    today = date(2026, 11, 26)
    assert attention.is_overdue(due=due, is_done=done, today=today) is expected


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [
        (None, True),
        (date(2026, 11, 26), True),
        (date(2024, 11, 26), True),
        (date(2024, 11, 25), False),
        (date(2024, 2, 29), False),
    ],
)
def test_a_tie_counts_for_two_years(left_on: date | None, expected: bool) -> None:
    assert ties.is_live(left_on=left_on, today=date(2026, 11, 26)) is expected


def test_a_leap_day_ends_on_the_28th() -> None:
    assert ties.counts_until(date(2024, 2, 29)) == date(2026, 2, 28)


# ---- The tables


def test_the_tables_name_the_states_of_the_database() -> None:
    assert workflow.CASE.states == set(enums.CaseState.values)
    assert workflow.REFERRAL.states == set(enums.ReferralState.values)
    assert workflow.HANDOVER.states == set(enums.HandoverState.values)
    assert workflow.CASE.terminal == enums.ENDED
    assert workflow.REFERRAL.terminal == enums.REFERRAL_ENDED


def test_every_event_has_words() -> None:
    events = {row.event for row in workflow.CASE.rows}
    assert events | {"open"} == set(STEPS)
    assert set(BUTTONS) <= events
    assert {row.event for row in workflow.REFERRAL.rows} - {"expire"} == set(
        REFERRAL_BUTTONS
    )


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("new", ["triage", "give_back", "wait", "begin", "hand_over", "refer_out"]),
        ("triaged", ["wait", "begin", "wind_down", "hand_over", "refer_out"]),
        ("waiting", ["begin", "wind_down", "hand_over", "refer_out"]),
        ("active", ["rest", "wind_down", "hand_over", "refer_out"]),
        ("on_hold", ["resume", "wind_down", "hand_over", "refer_out"]),
        ("closing", ["go_on", "close", "hand_over", "refer_out"]),
        ("closed", []),
        ("referred_out", []),
    ],
)
def test_what_a_counselor_may_do(state: str, expected: list[str]) -> None:
    assert workflow.CASE.events(state=state, actor="counselor") == expected


def test_the_person_ends_and_changes_from_every_open_state() -> None:
    for state in workflow.OPEN:
        assert workflow.CASE.events(state=state, actor="seeker") == ["hand_over", "end"]


def test_what_has_ended_stays_so() -> None:
    for actor in enums.Actor.values:
        for state in enums.ENDED:
            assert workflow.CASE.events(state=state, actor=actor) == []


def test_nobody_takes_over_without_the_persons_yes() -> None:
    into = [row for row in workflow.HANDOVER.rows if row.target == "accepted"]
    assert [row.sources for row in into] == [frozenset({"agreed"})]
    agrees = [row for row in workflow.HANDOVER.rows if row.target == "agreed"]
    assert [row.actors for row in agrees] == [frozenset({"seeker"})]
