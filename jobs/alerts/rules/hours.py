"""When messages about new jobs may leave. Nothing leaves at night: it waits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accounts.lib.dates import SHANGHAI, local_day

QUIET_FROM, QUIET_UNTIL = time(22), time(8)
DAILY_AT = time(9)
# Between two messages to one person that come at once.
FLOOR = timedelta(hours=2)
# A message that waited longer is written anew: its postings may be gone.
STALE_AFTER = timedelta(minutes=30)


def is_quiet(now: datetime) -> bool:
    local = now.astimezone(SHANGHAI).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def awake_at(now: datetime) -> datetime:
    """Now, or the morning when quiet hours are over."""
    if not is_quiet(now):
        return now
    local = now.astimezone(SHANGHAI)
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=SHANGHAI)


def is_daily_due(now: datetime, last: date | None) -> bool:
    """From the fixed hour to the evening, once a Shanghai day."""
    late_enough = now.astimezone(SHANGHAI).time() >= DAILY_AT
    return late_enough and not is_quiet(now) and (last is None or last < local_day(now))


def is_at_once_due(now: datetime, last: datetime | None) -> bool:
    return not is_quiet(now) and (last is None or last + FLOOR <= now)
