from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from accounts.care.safety import words
from accounts.care.safety.enums import FlagState
from accounts.care.safety.rules import clocks, tries, workflow
from accounts.care.safety.rules.clocks import due_at, joined, staffed_time
from accounts.lib.workflow import TransitionRefused

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """A moment of November 2026 in Shanghai: "26 09:30" (the 26th is a Thursday)."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2026, 11, int(day), int(hour), int(minute), tzinfo=SHANGHAI)


DAY = [(at("26 09:00"), at("26 18:00")), (at("27 09:00"), at("27 18:00"))]


@pytest.mark.parametrize(
    ("level", "opened", "due"),
    [
        ("red", "26 10:00", "26 10:15"),
        # Ten minutes are left today, five more are waited for tomorrow.
        ("red", "26 17:50", "27 09:05"),
        ("red", "26 22:00", "27 09:15"),
        ("amber", "26 10:00", "26 14:00"),
        # Same day, as more than an hour of it is staffed.
        ("amber", "26 16:00", "26 18:00"),
        ("amber", "26 17:30", "27 12:30"),
        ("amber", "26 20:00", "27 13:00"),
        # Thursday: Friday, Monday, Tuesday, until six.
        ("yellow", "26 10:00", "28 00:00"),
    ],
)
def test_clocks(level: str, opened: str, due: str) -> None:
    expected = (
        datetime(2026, 12, 1, 18, tzinfo=SHANGHAI) if level == "yellow" else at(due)
    )
    assert due_at(level, opened_at=at(opened), spans=DAY) == expected


@pytest.mark.parametrize("level", ["red", "amber"])
def test_without_hours_a_day_is_the_most(level: str) -> None:
    opened = at("26 10:00")
    assert due_at(level, opened_at=opened) == opened + timedelta(hours=24)
    late = [(opened + timedelta(hours=23, minutes=55), opened + timedelta(hours=30))]
    assert due_at(level, opened_at=opened, spans=late) == opened + timedelta(hours=24)


minutes = st.integers(min_value=-2000, max_value=3000)
spans = st.lists(
    st.tuples(minutes, st.integers(min_value=1, max_value=900)), max_size=6
).map(
    lambda rows: [
        (
            at("26 10:00") + timedelta(minutes=start),
            at("26 10:00") + timedelta(minutes=start + length),
        )
        for start, length in rows
    ]
)


@given(level=st.sampled_from(["red", "amber"]), spans=spans, offset=minutes)
def test_never_more_than_promised(
    level: str, spans: list[clocks.Span], offset: int
) -> None:
    opened = at("26 10:00") + timedelta(minutes=offset)
    due = due_at(level, opened_at=opened, spans=spans)
    assert opened < due <= opened + timedelta(hours=24)
    used = staffed_time(spans, after=opened, before=due)
    assert used <= clocks.STAFFED[level]
    if due < opened + timedelta(hours=24):
        # A clock ends while somebody is on duty, never in the middle of the night.
        assert any(start < due <= end for start, end in joined(spans))


@given(spans=spans)
def test_joined_hours_are_those_of_all(spans: list[clocks.Span]) -> None:
    found = joined(spans)
    assert all(one[1] < two[0] for one, two in pairwise(found))
    for start, end in spans:
        assert any(a <= start and end <= b for a, b in found)


@pytest.mark.parametrize(
    ("begins", "length", "expected"),
    [(0, 60, True), (0, 59, False), (23, 60, True), (24, 60, False), (-5, 330, False)],
)
def test_a_promise_needs_an_hour_within_a_day(
    begins: int, length: int, expected: bool
) -> None:
    now = at("26 10:00")
    start = now + timedelta(hours=begins)
    shift = [(start, start + timedelta(minutes=length))]
    assert clocks.can_keep_promise(shift, now=now) is expected


def test_a_clock_stops_with_the_first_try() -> None:
    due = at("26 10:15")
    late = due + timedelta(seconds=1)
    assert not clocks.is_overdue(due_at=due, first_tried_at=None, now=due)
    assert clocks.is_overdue(due_at=due, first_tried_at=None, now=late)
    assert not clocks.is_overdue(due_at=due, first_tried_at=late, now=late)


# ---- Tries

START = datetime(2026, 11, 26, tzinfo=UTC)


def tried(*hours: float, outcome: str = "no_answer") -> list[tries.Try]:
    return [(START + timedelta(hours=hour), outcome) for hour in hours]


@pytest.mark.parametrize(
    ("hours", "now", "enough", "much"),
    [
        ((0, 2), 2, False, False),
        ((0, 2, 4), 4, True, False),
        ((0, 2, 4), 72, True, False),
        ((0, 2, 4), 73, False, False),
        ((0, 40, 71), 72.5, False, False),
        ((0, 2, 4, 6, 8), 8, True, True),
    ],
)
def test_three_to_five_within_72_hours(
    hours: tuple[float, ...], now: float, enough: bool, much: bool
) -> None:
    moment = START + timedelta(hours=now)
    assert tries.is_enough(tried(*hours), now=moment) is enough
    assert tries.is_too_much(tried(*hours), now=moment) is much


def test_once_reached_it_begins_anew() -> None:
    rows = [*tried(0, 2), *tried(3, outcome="reached"), *tried(4)]
    assert len(tries.in_vain(rows)) == 1
    assert tries.next_try_at("amber", rows) == START + timedelta(hours=6)
    assert tries.next_try_at("amber", tried(3, outcome="reached")) is None


# ---- The table


def test_the_states_are_those_of_the_model() -> None:
    assert workflow.FLAG.states == set(FlagState.values)


def test_every_step_has_words() -> None:
    events = {row.event for row in workflow.FLAG.rows}
    assert events | {"raised"} == set(words.STEPS)
    forms = {"try", "decide", "say_safe", "outreach", "again"}
    assert events - forms == set(words.BUTTONS)


@pytest.mark.parametrize("state", sorted(set(FlagState.values) - {"monitored"}))
def test_nothing_closes_but_what_is_kept_in_view(state: str) -> None:
    for actor in ("owner", "second", "supervisor", "on_duty", "assigned"):
        with pytest.raises(TransitionRefused):
            workflow.FLAG.step(state=state, event="close", actor=actor, reason="x")


@pytest.mark.parametrize("actor", ["owner", "on_duty", "assigned", "person"])
def test_only_the_lead_calls_somebody_without_them(actor: str) -> None:
    for state in FlagState.values:
        assert "decide" not in workflow.FLAG.events(state=state, actor=actor)


def test_from_every_state_there_is_a_way_to_the_end() -> None:
    reached = {"closed"}
    while (
        more := {
            source
            for row in workflow.FLAG.rows
            if row.target in reached
            for source in row.sources
        }
        - reached
    ):
        reached |= more
    assert reached == set(FlagState.values)
