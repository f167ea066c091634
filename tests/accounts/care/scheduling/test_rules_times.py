from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from accounts.care.scheduling.rules.times import DAY, range_of

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
HAVANA = ZoneInfo("America/Havana")
# Of each kind: never changed, changed at night, changed at midnight, by half an hour.
ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Shanghai",
        "America/New_York",
        "Europe/Berlin",
        "America/Havana",
        "Australia/Lord_Howe",
        "America/Santiago",
    )
]


def utc(day: date, hours: int, minutes: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=UTC)


FORWARD, BACK = date(2027, 3, 14), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("zone", "day", "starts", "ends", "expected"),
    [
        # Winter and summer of the same line.
        (NEW_YORK, date(2027, 3, 13), 540, 720, (14, 0, 17, 0)),
        (NEW_YORK, FORWARD, 540, 720, (13, 0, 16, 0)),
        # 2:00 becomes 3:00: one hour of the night is not there.
        (NEW_YORK, FORWARD, 60, 240, (6, 0, 8, 0)),
        (NEW_YORK, FORWARD, 60, 150, (6, 0, 7, 0)),
        (NEW_YORK, FORWARD, 150, 300, (7, 0, 9, 0)),
        (NEW_YORK, FORWARD, 130, 170, None),
        # 2:00 becomes 1:00: from 1:00 to 2:00 comes twice.
        (NEW_YORK, BACK, 30, 180, (4, 30, 8, 0)),
        (NEW_YORK, BACK, 90, 180, (6, 30, 8, 0)),
        (NEW_YORK, BACK, 30, 90, (4, 30, 5, 30)),
        (NEW_YORK, BACK, 70, 110, (5, 10, 5, 50)),
        (BERLIN, date(2027, 3, 28), 60, 240, (0, 0, 2, 0)),
        # Havana's clock goes from 0:00 to 1:00: the day has no midnight.
        (HAVANA, date(2027, 3, 14), 0, 120, (5, 0, 6, 0)),
    ],
)
def test_days_on_which_the_clock_changes(
    zone: ZoneInfo,
    day: date,
    starts: int,
    ends: int,
    expected: tuple[int, int, int, int] | None,
) -> None:
    got = range_of(day, starts, ends, zone)
    if expected is None:
        assert got is None
    else:
        assert got == (utc(day, *expected[:2]), utc(day, *expected[2:]))


def test_the_end_of_the_day_is_the_next_ones_beginning() -> None:
    got = range_of(date(2026, 12, 1), 23 * 60, DAY, ZONES[0])
    assert got == (utc(date(2026, 12, 1), 15), utc(date(2026, 12, 1), 16))


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    starts=st.integers(0, DAY - 5),
    length=st.integers(5, DAY),
)
def test_every_moment_shows_a_time_between_the_two(
    zone: ZoneInfo, day: date, starts: int, length: int
) -> None:
    ends = min(starts + length, DAY)
    got = range_of(day, starts, ends, zone)
    if got is None:
        return
    moment, end = got
    assert moment < end
    while moment < end:
        shown = moment.astimezone(zone)
        assert shown.date() == day
        assert starts <= shown.hour * 60 + shown.minute < ends
        moment += timedelta(minutes=5)


@given(
    day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    starts=st.integers(0, DAY - 1),
)
def test_where_no_clock_changes_hours_are_as_long_as_they_say(
    day: date, starts: int
) -> None:
    got = range_of(day, starts, DAY, ZONES[0])
    assert got is not None
    assert got[1] - got[0] == timedelta(minutes=DAY - starts)
