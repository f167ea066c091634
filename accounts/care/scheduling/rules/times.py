"""What a clock on the wall says, as moments: also on the days when it is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# Minutes of a day as people count them, whatever the clock does.
DAY = 24 * 60


def minutes_of(told: time) -> int:
    return told.hour * 60 + told.minute


def minutes_text(minutes: int) -> str:
    """24:00 is the end of the day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def range_of(
    day: date, starts: int, ends: int, zone: ZoneInfo
) -> tuple[datetime, datetime] | None:
    """From when to when such hours last; None when the clock skips them.

    Every moment of it shows a wall time between the two: where the clock goes through an
    hour twice, hours that begin or end in it are only the part that runs on unbroken.
    """
    begins = _moment(day, starts, zone, fold=1)
    ends_at = _moment(day, ends, zone, fold=0)
    if begins >= ends_at:
        # Both lie in the hour that comes twice: its first run counts.
        begins = _moment(day, starts, zone, fold=0)
    return (begins, ends_at) if begins < ends_at else None


@lru_cache(maxsize=4096)
def _moment(day: date, minutes: int, zone: ZoneInfo, *, fold: int) -> datetime:
    """The moment of a wall time; one that is skipped is the moment of the jump."""
    shown = datetime.combine(day, time()) + timedelta(minutes=minutes)
    local = shown.replace(tzinfo=zone, fold=fold)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == shown:
        return moment
    late = local.replace(fold=0).astimezone(UTC)
    early = local.replace(fold=1).astimezone(UTC)
    return _jump(early, late, zone)


def _jump(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after the clock was put forward, between these two."""
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late
