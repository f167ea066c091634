from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

# Fewer waits than these say nothing about the next one.
ENOUGH = 5
LOOK_BACK = timedelta(days=30)


def expected_wait(waits: Sequence[timedelta]) -> timedelta | None:
    """The middle one of the last waits; None as long as nobody can say."""
    if len(waits) < ENOUGH:
        return None
    return timedelta(seconds=median(wait.total_seconds() for wait in waits))


def whole_days(wait: timedelta) -> int:
    """Rounded up: nobody waits longer than was said because of the rounding."""
    return max(1, -(-int(wait.total_seconds()) // 86400))


def part_of(hour: int) -> str:
    if hour < 12:
        return "morning"
    return "afternoon" if hour < 18 else "evening"


def fits(
    *,
    starts_at: datetime,
    zone: ZoneInfo,
    weekdays: Collection[int],
    parts: Collection[str],
) -> bool:
    """Whether a time is one that was wished for; no wish means any."""
    local = starts_at.astimezone(zone)
    is_day = not weekdays or local.weekday() in weekdays
    return is_day and (not parts or part_of(local.hour) in parts)
