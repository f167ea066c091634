from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from celery.schedules import crontab
from hypothesis import given, strategies as st

from jobs.operations.rules import is_late, masked, span_text
from jobs.operations.schedule import next_after, period_of, rhythm_text, timed_tasks
from jobs.operations.texts import TASKS

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("xiaozhou.lin@mail-test.cn", "x***@m***.cn"),
        ("+8613811112222", "+86***22"),
        ("a@b", "a***@b***"),
        ("12345", "***"),
        ("", "***"),
    ],
)
def test_an_address_is_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


@given(st.emails())
def test_no_address_can_be_written_to(address: str) -> None:
    name, _at, domain = address.rpartition("@")
    shown = masked(address)
    assert address != shown
    assert len(name) < 3 or name not in shown
    assert domain not in shown


@pytest.mark.parametrize(
    ("every", "minutes", "late"),
    [(1, 1, False), (1, 3, True), (60, 20, False), (60, 31, True), (1440, 59, False)],
)
def test_late_is_half_a_period_too_late(every: int, minutes: int, late: bool) -> None:
    due = NOON - timedelta(minutes=minutes)
    assert is_late(due=due, every=timedelta(minutes=every), now=NOON) is late


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, (0, "seconds")),
        (-5, (0, "seconds")),
        (119, (119, "seconds")),
        (120, (2, "minutes")),
        (7_200, (2, "hours")),
        (200_000, (2, "days")),
    ],
)
def test_a_span_is_said_as_people_say_it(seconds: int, said: tuple[int, str]) -> None:
    assert span_text(timedelta(seconds=seconds)) == said


def test_the_next_run_by_the_clock_of_shanghai() -> None:
    at_night = crontab(hour="3,4,5", minute="30")
    # Noon in Shanghai; the next is half past three in the morning.
    assert next_after(at_night, NOON) == datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
    first = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
    assert next_after(at_night, first) == first + timedelta(hours=1)
    assert next_after(60.0, NOON) == NOON + timedelta(minutes=1)
    assert period_of(at_night) == timedelta(hours=1)
    assert rhythm_text(at_night) == "3:30、4:30、5:30"


def test_every_task_of_the_schedule_has_a_name_for_people() -> None:
    assert set(timed_tasks()) <= set(TASKS)
