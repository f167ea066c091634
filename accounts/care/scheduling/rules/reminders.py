"""When somebody is reminded of a talk, and when it is too late to (wellbeing reference E5)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_BEFORE, TWO_HOURS, MISSED = "day_before", "two_hours", "missed"
BEFORE = {DAY_BEFORE: timedelta(hours=24), TWO_HOURS: timedelta(hours=2)}
# Nobody is written to at night, by the person's own clock.
QUIET_FROM, QUIET_UNTIL = time(22), time(8)
EVENING = time(21, 30)
# So long before the talk a reminder is still of use.
LATEST = {DAY_BEFORE: timedelta(hours=3), TWO_HOURS: timedelta(minutes=20)}
# After that many minutes somebody counts as not having come.
GRACE = timedelta(minutes=15)
# A kind word about a missed talk helps for a while only.
MISSED_LATEST = timedelta(days=2)
IN_A_ROW = 2


def is_quiet(moment: datetime, zone: str) -> bool:
    clock = moment.astimezone(ZoneInfo(zone)).timetz().replace(tzinfo=None)
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def due_at(
    kind: str, *, starts_at: datetime, now: datetime, zone: str
) -> datetime | None:
    """When to remind of a talk at `starts_at`; None where it would come too late.

    What falls into the night waits for the morning, or comes the evening before when the
    morning would be too late.
    """
    latest = starts_at - LATEST[kind]
    wished = starts_at - BEFORE[kind]
    # Booked later than that: they have just seen the time themselves.
    if wished <= now:
        return None
    if not is_quiet(wished, zone):
        return wished
    morning = next_morning(wished, zone)
    if morning <= latest:
        return morning
    evening = evening_before(wished, zone)
    return evening if evening > now else None


def is_too_late(kind: str, *, starts_at: datetime, now: datetime) -> bool:
    """Asked once more when it would leave: a worker may have been down."""
    if kind == MISSED:
        return now - starts_at > MISSED_LATEST
    return now > starts_at - LATEST[kind]


def next_morning(moment: datetime, zone: str) -> datetime:
    """The moment itself by day; else the next time the night is over."""
    if not is_quiet(moment, zone):
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_UNTIL, ZoneInfo(zone)).astimezone(moment.tzinfo)


def evening_before(moment: datetime, zone: str) -> datetime:
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() - timedelta(days=0 if local.time() >= EVENING else 1)
    return datetime.combine(day, EVENING, ZoneInfo(zone)).astimezone(moment.tzinfo)


def may_count_as_missed(*, starts_at: datetime, now: datetime) -> bool:
    return now >= starts_at + GRACE


def misses_in_a_row(states: list[str]) -> int:
    """`states` of past talks, newest first, cancelled ones left out."""
    count = 0
    for state in states:
        if state != "no_show":
            break
        count += 1
    return count
