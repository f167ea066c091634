from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from accounts.care.scheduling.rules import reminders as rules

SHANGHAI = "Asia/Shanghai"
ZONES = [SHANGHAI, "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"]


def at(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


LONG_AGO = at("2026-11-01 12:00")


@pytest.mark.parametrize(
    ("kind", "starts", "due"),
    [
        ("day_before", "2026-12-02 19:30", "2026-12-01 19:30"),
        ("two_hours", "2026-12-02 19:30", "2026-12-02 17:30"),
        # At seven the day before people sleep: an hour later will do.
        ("day_before", "2026-12-02 07:00", "2026-12-01 08:00"),
        ("day_before", "2026-12-02 23:00", "2026-12-02 08:00"),
        # Two hours before nine is seven: at eight there is still an hour left.
        ("two_hours", "2026-12-02 09:00", "2026-12-02 08:00"),
        # At eight it would be too late for eight: the evening before.
        ("two_hours", "2026-12-02 08:00", "2026-12-01 21:30"),
        ("two_hours", "2026-12-02 00:30", "2026-12-01 21:30"),
    ],
)
def test_when_somebody_is_reminded(kind: str, starts: str, due: str) -> None:
    found = rules.due_at(kind, starts_at=at(starts), now=LONG_AGO, zone=SHANGHAI)
    assert found == at(due)


@pytest.mark.parametrize(
    ("kind", "booked", "starts"),
    [
        ("day_before", "2026-12-02 10:00", "2026-12-02 19:30"),
        ("two_hours", "2026-12-02 18:00", "2026-12-02 19:30"),
        ("two_hours", "2026-12-01 23:00", "2026-12-02 08:00"),
    ],
)
def test_who_has_just_booked_needs_no_reminder(
    kind: str, booked: str, starts: str
) -> None:
    found = rules.due_at(kind, starts_at=at(starts), now=at(booked), zone=SHANGHAI)
    assert found is None


@given(
    minutes=st.integers(0, 400 * 24 * 60),
    ahead=st.integers(0, 60 * 24 * 20),
    kind=st.sampled_from(["day_before", "two_hours"]),
    zone=st.sampled_from(ZONES),
)
def test_never_at_night_never_too_late_never_in_the_past(
    minutes: int, ahead: int, kind: str, zone: str
) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    starts_at = now + timedelta(minutes=ahead)
    due = rules.due_at(kind, starts_at=starts_at, now=now, zone=zone)
    if due is None:
        return
    assert not rules.is_quiet(due, zone)
    assert now < due < starts_at
    assert not rules.is_too_late(kind, starts_at=starts_at, now=due)


def test_a_worker_that_comes_back_late_sends_nothing_useless() -> None:
    starts = at("2026-12-02 19:30")
    for kind, ok, late in (
        ("day_before", "2026-12-02 16:30", "2026-12-02 16:31"),
        ("two_hours", "2026-12-02 19:10", "2026-12-02 19:11"),
    ):
        assert not rules.is_too_late(kind, starts_at=starts, now=at(ok))
        assert rules.is_too_late(kind, starts_at=starts, now=at(late))


def test_a_quarter_of_an_hour_is_waited_for() -> None:
    starts = at("2026-12-02 19:30")
    assert not rules.may_count_as_missed(starts_at=starts, now=at("2026-12-02 19:44"))
    assert rules.may_count_as_missed(starts_at=starts, now=at("2026-12-02 19:45"))


@pytest.mark.parametrize(
    ("states", "count"),
    [
        ([], 0),
        (["attended", "no_show"], 0),
        (["no_show", "attended", "no_show"], 1),
        (["no_show", "no_show"], 2),
    ],
)
def test_misses_in_a_row(states: list[str], count: int) -> None:
    assert rules.misses_in_a_row(states) == count
