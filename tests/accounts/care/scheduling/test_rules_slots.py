from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from accounts.care.scheduling.rules.slots import (
    Away,
    DayHours,
    FreeTime,
    Hours,
    Plan,
    Taken,
    Terms,
    free_times,
    spans_of,
    times_of,
)
from accounts.care.scheduling.rules.times import DAY
from tests.accounts.care.scheduling.test_rules_times import ZONES

TEXT, BOTH = frozenset({"text"}), frozenset({"text", "phone"})
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)


def terms(**fields: Any) -> Terms:
    values: dict[str, Any] = {
        "zone": SHANGHAI,
        "minutes": 50,
        "before": 0,
        "after": 10,
        "notice": timedelta(hours=1),
        "horizon": timedelta(days=14),
        "cap": 6,
        "modes": BOTH,
    }
    return Terms(**(values | fields))


def shown(times: list[FreeTime], zone: ZoneInfo = SHANGHAI) -> list[str]:
    return [f"{one.starts_at.astimezone(zone):%H:%M}" for one in times]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["09:00", "10:00", "11:00"]),
        ({"minutes": 25, "after": 5}, [f"{h:02}:{m}" for h in (9, 10, 11) for m in ("00", "30")]),
        # The last break may lie after the hours, the talk itself may not.
        ({"after": 30}, ["09:00", "10:20"]),
        ({"before": 10, "after": 0}, ["09:00", "10:00", "11:00"]),
        ({"modes": frozenset({"video"})}, []),
    ],
)  # fmt: skip
def test_a_morning(fields: dict[str, Any], expected: list[str]) -> None:
    plan = Plan(terms(**fields), [Hours(1, 9 * 60, 12 * 60, BOTH)])
    assert shown(times_of(plan, TUESDAY)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], [(540, 720)]),
        ([(0, DAY, True)], []),
        ([(600, 660, True)], [(540, 600), (660, 720)]),
        ([(500, 600, True)], [(600, 720)]),
        ([(720, 800, True)], [(540, 720)]),
        ([(1140, 1260, False)], [(540, 720), (1140, 1260)]),
        # Other hours instead of the usual ones.
        ([(0, DAY, True), (1140, 1260, False)], [(1140, 1260)]),
    ],
)
def test_other_hours_on_one_day(
    days: list[tuple[int, int, bool]], expected: list[tuple[int, int]]
) -> None:
    other = [DayHours(TUESDAY, a, b, off, BOTH) for a, b, off in days]
    plan = Plan(terms(), [Hours(1, 540, 720, BOTH)], other)
    assert [(s.starts, s.ends) for s in spans_of(plan, TUESDAY)] == expected
    # Only that day.
    later = TUESDAY + timedelta(days=7)
    assert [(s.starts, s.ends) for s in spans_of(plan, later)] == [(540, 720)]


@pytest.mark.parametrize(
    ("valid", "holds"),
    [
        ((None, None), True),
        ((TUESDAY, TUESDAY), True),
        ((TUESDAY + timedelta(days=1), None), False),
        ((None, TUESDAY - timedelta(days=1)), False),
    ],
)
def test_from_when_a_line_holds(
    valid: tuple[date | None, date | None], *, holds: bool
) -> None:
    plan = Plan(terms(), [Hours(1, 540, 720, BOTH, *valid)])
    assert bool(spans_of(plan, TUESDAY)) is holds


def test_an_evening_keeps_its_hour_when_the_clock_changes() -> None:
    """19:30 stays 19:30 on the wall in New York; the moment in UTC moves."""
    zone = ZoneInfo("America/New_York")
    plan = Plan(
        terms(zone=zone), [Hours(5, 1170, 1230, TEXT), Hours(6, 1170, 1230, TEXT)]
    )
    before, after = date(2027, 3, 13), date(2027, 3, 14)
    moments = [times_of(plan, day)[0].starts_at for day in (before, after)]
    assert [f"{one.astimezone(zone):%H:%M}" for one in moments] == ["19:30", "19:30"]
    assert moments[1] - moments[0] == timedelta(hours=23)


def test_a_talk_before_the_clock_goes_back_is_as_long_as_any() -> None:
    zone = ZoneInfo("Europe/Berlin")
    plan = Plan(terms(zone=zone, after=0), [Hours(6, 60, 240, TEXT)])
    found = times_of(plan, date(2026, 10, 25))
    # Four hours long, though the wall shows three.
    assert len(found) == 4
    assert {one.ends_at - one.starts_at for one in found} == {timedelta(minutes=50)}


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, "09:00"), (26, "10:00"), (27, "11:00")]
)
def test_notice_is_kept(hours: int, expected: str) -> None:
    plan = Plan(terms(notice=timedelta(hours=hours)), [Hours(1, 540, 720, TEXT)])
    found = list(free_times(plan, (), now=NOW))
    assert shown(found[:1]) == [expected]


def test_hours_that_are_added_over_others_add_their_modes() -> None:
    more = [DayHours(TUESDAY, 540, 600, is_off=False, modes=frozenset({"phone"}))]
    plan = Plan(terms(), [Hours(1, 540, 720, TEXT)], more)
    assert [one.modes for one in times_of(plan, TUESDAY)] == [BOTH, TEXT, TEXT]


# ---- Properties

DAYS = st.integers(0, 20).map(lambda days: NOW.date() + timedelta(days=days))
MODES = st.sets(st.sampled_from(["text", "phone", "video"]), min_size=1).map(frozenset)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[int, int]:
    starts = draw(st.integers(0, 280)) * 5
    return starts, min(DAY, starts + draw(st.integers(1, 120)) * 5)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    told = terms(
        zone=draw(st.sampled_from(ZONES)),
        minutes=draw(st.sampled_from([25, 50])),
        before=draw(st.integers(0, 12)) * 5,
        after=draw(st.integers(0, 12)) * 5,
        notice=timedelta(hours=draw(st.integers(0, 72))),
        horizon=timedelta(days=draw(st.integers(1, 20))),
        cap=draw(st.integers(1, 6)),
        modes=draw(MODES),
    )
    hours = [
        Hours(draw(st.integers(0, 6)), *piece, draw(MODES))
        for piece in draw(st.lists(pieces(), max_size=8))
    ]
    days = [
        DayHours(draw(DAYS), *piece, draw(st.booleans()), draw(MODES))
        for piece in draw(st.lists(pieces(), max_size=4))
    ]
    away = [
        Away(day, day + timedelta(days=2)) for day in draw(st.lists(DAYS, max_size=1))
    ]
    return Plan(told, hours, days, away)


@st.composite
def taken_times(draw: st.DrawFn) -> Taken:
    starts = NOW + timedelta(minutes=5 * draw(st.integers(0, 12 * 24 * 15)))
    return Taken(
        starts_at=starts,
        blocked_from=starts - timedelta(minutes=draw(st.integers(0, 60))),
        blocked_until=starts + timedelta(minutes=25 + draw(st.integers(0, 90))),
        blocks=draw(st.booleans()),
    )


# New York's and Berlin's clocks change within three weeks of these.
NOWS = st.sampled_from([NOW, datetime(2026, 10, 20, 5, 7, tzinfo=UTC), datetime(2027, 3, 10, 21, 3, tzinfo=UTC)])  # fmt: skip


def is_open(plan: Plan, time: FreeTime, mode: str) -> bool:
    """Asked the slow way: at every fifth minute, is the wall's time in somebody's hours?"""
    zone = plan.terms.zone
    moment = time.starts_at
    while moment < time.ends_at:
        local = moment.astimezone(zone)
        minutes, day = local.hour * 60 + local.minute, local.date()
        if any(one.first <= day <= one.last for one in plan.away):
            return False
        other = [one for one in plan.days if one.day == day]
        of_day = [one for one in other if one.starts <= minutes < one.ends]
        is_extra = any(not one.is_off and mode in one.modes for one in of_day)
        is_usual = not any(one.is_off for one in of_day) and any(
            one.holds_on(day) and one.starts <= minutes < one.ends and mode in one.modes
            for one in plan.hours
        )
        if not (is_extra or is_usual):
            return False
        moment += timedelta(minutes=5)
    return True


@settings(max_examples=300)
@given(plan=plans(), taken=st.lists(taken_times(), max_size=12), now=NOWS)
def test_what_is_offered_holds(plan: Plan, taken: list[Taken], now: datetime) -> None:
    shift = now - NOW
    taken = [
        Taken(one.starts_at + shift, one.blocked_from + shift, one.blocked_until + shift, one.blocks)
        for one in taken
    ]  # fmt: skip
    found = list(free_times(plan, taken, now=now))
    told = plan.terms
    for time in found:
        assert time.ends_at - time.starts_at == timedelta(minutes=told.minutes)
        assert time.starts_at - time.blocked_from == timedelta(minutes=told.before)
        assert time.blocked_until - time.ends_at == timedelta(minutes=told.after)
        assert now + told.notice <= time.starts_at < now + told.horizon
        assert time.modes
        assert time.modes <= told.modes
        assert all(is_open(plan, time, mode) for mode in time.modes)
        for one in taken:
            if one.blocks:
                assert (
                    time.blocked_until <= one.blocked_from
                    or one.blocked_until <= time.blocked_from
                )
    days = Counter(one.starts_at.astimezone(told.zone).date() for one in taken)
    for time in found:
        assert days[time.starts_at.astimezone(told.zone).date()] < told.cap
    starts = [time.starts_at for time in found]
    assert starts == sorted(starts)
    # The same whoever asks, and in whatever order the rows come.
    assert found == list(free_times(plan, taken[::-1], now=now))
    turned = Plan(told, plan.hours[::-1], plan.days[::-1], plan.away[::-1])
    assert [t.starts_at for t in free_times(turned, taken, now=now)] == starts


@given(plan=plans(), taken=st.lists(taken_times(), max_size=8))
def test_taking_a_time_removes_only_times(plan: Plan, taken: list[Taken]) -> None:
    """Nobody's choice moves by some minutes because somebody else booked."""
    empty = set(free_times(plan, (), now=NOW))
    assert set(free_times(plan, taken, now=NOW)) <= empty


@given(plan=plans(), asked=st.sampled_from(["text", "phone", "video"]))
def test_a_mode_asked_for_is_offered(plan: Plan, asked: str) -> None:
    found = list(free_times(plan, (), now=NOW))
    assert list(free_times(plan, (), now=NOW, mode=asked)) == [
        time for time in found if asked in time.modes
    ]


@given(plan=plans(), hours=st.integers(0, 400), length=st.integers(1, 100))
def test_a_part_of_the_time_is_a_part_of_the_list(
    plan: Plan, hours: int, length: int
) -> None:
    after = NOW + timedelta(hours=hours)
    until = after + timedelta(hours=length)
    assert list(free_times(plan, (), now=NOW, after=after, until=until)) == [
        time
        for time in free_times(plan, (), now=NOW)
        if after <= time.starts_at < until
    ]
