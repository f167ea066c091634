from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from accounts.lib.workflow import ReasonMissing, TransitionRefused
from jobs.applications.enums import (
    OPEN_INTERVIEWS,
    DayPart,
    InterviewBy,
    InterviewState,
    SlotRefusal,
)
from jobs.applications.rules.contact import SHANGHAI, in_hours
from jobs.applications.rules.interviews import (
    INTERVIEW,
    LENGTHS,
    LONG_BEFORE,
    SHORT_BEFORE,
    Wish,
    by_day,
    is_late,
    may_pick,
    modes_for,
    overlaps,
    reminder_at,
    reminder_due,
    times_refusal,
    wishes_to_offer,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)


def on(day: int, clock: str) -> datetime:
    """In December 2026, in Shanghai."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


TAKEN: list[tuple[str, str, str, str]] = [
    ("proposed", "pick", "seeker", "booked"),
    ("proposed", "ask", "seeker", "asked"),
    ("proposed", "replace", "employer", "replaced"),
    ("asked", "replace", "employer", "replaced"),
    ("proposed", "lapse", "system", "lapsed"),
    ("booked", "move", "seeker", "rescheduled"),
    ("booked", "move", "employer", "rescheduled"),
    ("booked", "call_off", "seeker", "off_seeker"),
    ("booked", "call_off", "employer", "off_employer"),
    ("asked", "call_off", "seeker", "off_seeker"),
    ("booked", "end", "system", "needs_outcome"),
    ("needs_outcome", "held", "seeker", "held"),
    ("needs_outcome", "missed", "employer", "missed"),
    ("missed", "held", "seeker", "held"),
    ("held", "missed", "employer", "held"),
    ("booked", "close", "system", "closed"),
]


@pytest.mark.parametrize(("state", "event", "actor", "target"), TAKEN)
def test_steps_of_the_table(state: str, event: str, actor: str, target: str) -> None:
    row = INTERVIEW.step(state=state, event=event, actor=actor, reason="有事")
    assert row.target == target


REFUSED: list[tuple[str, str, str]] = [
    ("proposed", "pick", "employer"),
    ("asked", "pick", "seeker"),
    ("booked", "pick", "seeker"),
    ("booked", "replace", "employer"),
    ("booked", "lapse", "system"),
    ("proposed", "move", "employer"),
    ("booked", "held", "seeker"),
    ("held", "call_off", "seeker"),
    ("off_seeker", "pick", "seeker"),
    ("lapsed", "pick", "seeker"),
]


@pytest.mark.parametrize(("state", "event", "actor"), REFUSED)
def test_steps_that_there_are_not(state: str, event: str, actor: str) -> None:
    with pytest.raises(TransitionRefused):
        INTERVIEW.step(state=state, event=event, actor=actor, reason="有事")


@pytest.mark.parametrize("event", ["move", "call_off"])
def test_only_the_employer_has_to_say_why(event: str) -> None:
    INTERVIEW.step(state="booked", event=event, actor="seeker")
    with pytest.raises(ReasonMissing):
        INTERVIEW.step(state="booked", event=event, actor="employer", reason=" ")


def test_every_state_is_in_the_table_and_no_end_is_left_but_by_a_word() -> None:
    assert INTERVIEW.states == set(InterviewState)
    for row in INTERVIEW.rows:
        ended = row.sources & INTERVIEW.terminal
        assert not ended or row.event in {"held", "missed"}
        assert row.target != InterviewState.PROPOSED
    assert not OPEN_INTERVIEWS & INTERVIEW.terminal


TIMES: list[tuple[list[datetime], int, SlotRefusal | None]] = [
    ([], 30, SlotRefusal.NO_TIMES),
    ([NOW + timedelta(hours=24)], 30, None),
    ([NOW + timedelta(hours=23, minutes=59)], 30, SlotRefusal.TOO_SOON),
    ([NOW + timedelta(days=60)], 30, None),
    ([NOW + timedelta(days=60, minutes=1)], 30, SlotRefusal.TOO_FAR),
    ([on(1, "8:00")], 30, None),
    ([on(1, "7:59")], 30, SlotRefusal.AT_NIGHT),
    ([on(1, "21:30")], 30, None),
    ([on(1, "21:31")], 30, SlotRefusal.AT_NIGHT),
    ([on(1, "20:31")], 90, SlotRefusal.AT_NIGHT),
    ([on(1, "10:00"), on(1, "10:00")], 30, SlotRefusal.TWICE),
    ([on(1, f"{h}:00") for h in range(8, 18)], 30, None),
    ([on(1, f"{h}:00") for h in range(8, 19)], 30, SlotRefusal.TOO_MANY),
    ([on(1, "10:00"), NOW], 30, SlotRefusal.TOO_SOON),
]


@pytest.mark.parametrize(("starts", "minutes", "refusal"), TIMES)
def test_which_times_may_be_offered(
    starts: list[datetime], minutes: int, refusal: SlotRefusal | None
) -> None:
    assert times_refusal(starts, minutes, now=NOW) == refusal


def test_a_time_is_picked_until_an_hour_before() -> None:
    start = on(1, "10:00")
    assert may_pick(start, now=on(1, "9:00"))
    assert not may_pick(start, now=on(1, "9:01"))


def test_four_hours_before_it_gets_late() -> None:
    start = on(1, "14:00")
    assert not is_late(start, now=on(1, "10:00"))
    assert is_late(start, now=on(1, "10:01"))


def test_whoever_takes_no_calls_is_offered_none() -> None:
    assert InterviewBy.PHONE not in modes_for(takes_calls=False)
    assert InterviewBy.TEXT in modes_for(takes_calls=False)
    assert modes_for(takes_calls=True) == list(InterviewBy)


REMINDERS: list[tuple[datetime, timedelta, datetime]] = [
    (on(3, "10:00"), LONG_BEFORE, on(1, "10:00")),
    (on(3, "10:00"), SHORT_BEFORE, on(3, "8:00")),
    (on(3, "9:59"), SHORT_BEFORE, on(2, "20:00")),
    (on(3, "8:00"), SHORT_BEFORE, on(2, "20:00")),
    (on(3, "21:30"), SHORT_BEFORE, on(3, "19:30")),
]


@pytest.mark.parametrize(("start", "before", "moment"), REMINDERS)
def test_reminders_come_by_day(
    start: datetime, before: timedelta, moment: datetime
) -> None:
    assert reminder_at(start, before) == moment


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - in Shanghai
    st.sampled_from(LENGTHS),
    st.sampled_from([LONG_BEFORE, SHORT_BEFORE]),
)
def test_no_reminder_at_night_nor_after_the_start(
    wall: datetime, minutes: int, before: timedelta
) -> None:
    start = wall.replace(tzinfo=SHANGHAI)
    if by_day(start, minutes):
        moment = reminder_at(start, before)
        assert in_hours(moment)
        assert start - timedelta(hours=60) <= moment <= start - before


def test_nobody_is_reminded_of_what_they_settled_just_now() -> None:
    start = on(3, "10:00")
    due, early = on(1, "10:00"), on(1, "9:59")
    assert reminder_due(start, LONG_BEFORE, booked_at=early, now=due)
    assert not reminder_due(start, LONG_BEFORE, booked_at=early, now=early)
    assert not reminder_due(start, LONG_BEFORE, booked_at=due, now=on(1, "12:00"))
    assert not reminder_due(start, LONG_BEFORE, booked_at=early, now=start)


OTHERS = [(on(1, "10:00"), 30)]


@pytest.mark.parametrize(
    ("clock", "minutes", "collides"),
    [
        ("9:30", 30, False),
        ("9:31", 30, True),
        ("10:00", 15, True),
        ("10:29", 15, True),
        ("10:30", 30, False),
        ("9:00", 90, True),
    ],
)
def test_what_runs_into_another_appointment(
    clock: str, minutes: int, collides: bool
) -> None:
    assert overlaps(on(1, clock), minutes, OTHERS) is collides


def test_wishes_begin_the_day_after_tomorrow_and_read_back() -> None:
    wishes = wishes_to_offer(today=date(2026, 12, 30))
    assert wishes[0] == Wish(date(2027, 1, 1), DayPart.MORNING)
    assert len(wishes) == len(set(wishes)) == 21
    assert [Wish.read(str(wish)) for wish in wishes] == wishes


@pytest.mark.parametrize("text", ["", "2026-12-01", "2026-12-01:noon", "x:morning"])
def test_what_is_no_wish(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Wish.read(text)
