"""How soon somebody must look (wellbeing reference E4): staffed hours, never guessed ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.employers.rules.working_days import working_days_after

Span = tuple[datetime, datetime]

SHANGHAI = ZoneInfo("Asia/Shanghai")
RED, AMBER, YELLOW = "red", "amber", "yellow"
# Hours in which somebody is on duty that may pass until the first try.
STAFFED = {RED: timedelta(minutes=15), AMBER: timedelta(hours=4)}
# However few hours are staffed.
AT_MOST = timedelta(hours=24)
# With an hour left today, today is when it happens.
SAME_DAY_FROM = timedelta(hours=1)
WORKING_DAYS = 3
DAY_ENDS = time(18)
# With less than this ahead nobody can keep what we promise.
ROSTER_AHEAD = timedelta(hours=1)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Shifts of several people as stretches of time that do not overlap, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def within(spans: Iterable[Span], after: datetime, before: datetime) -> list[Span]:
    cut = [(max(start, after), min(end, before)) for start, end in joined(spans)]
    return [(start, end) for start, end in cut if start < end]


def staffed_time(
    spans: Iterable[Span], *, after: datetime, before: datetime
) -> timedelta:
    return sum(
        (end - start for start, end in within(spans, after, before)), timedelta()
    )


def is_staffed(spans: Iterable[Span], now: datetime) -> bool:
    return any(start <= now < end for start, end in spans)


def can_keep_promise(spans: Iterable[Span], *, now: datetime) -> bool:
    """Whether somebody who asks now hears from a named person within a day."""
    return staffed_time(spans, after=now, before=now + AT_MOST) >= ROSTER_AHEAD


def due_at(level: str, *, opened_at: datetime, spans: Sequence[Span] = ()) -> datetime:
    """By when the first try must be made."""
    if level == YELLOW:
        day = opened_at.astimezone(SHANGHAI).date()
        last = working_days_after(day, WORKING_DAYS)
        return datetime.combine(last, DAY_ENDS, tzinfo=SHANGHAI)
    latest = opened_at + AT_MOST
    ahead = within(spans, opened_at, latest)
    due = _used_up(ahead, STAFFED[level]) or latest
    if level == AMBER:
        day_ends = _day_end(opened_at)
        today = within(ahead, opened_at, day_ends)
        if staffed_time(today, after=opened_at, before=day_ends) >= SAME_DAY_FROM:
            due = min(due, today[-1][1])
    return due


def _used_up(spans: list[Span], left: timedelta) -> datetime | None:
    for start, end in spans:
        if end - start >= left:
            return start + left
        left -= end - start
    return None


def _day_end(moment: datetime) -> datetime:
    day = moment.astimezone(SHANGHAI).date() + timedelta(days=1)
    return datetime.combine(day, time(0), tzinfo=SHANGHAI)


def is_new_call(
    *,
    level: str,
    last_call: datetime,
    due_at: datetime,
    first_tried_at: datetime | None,
    said_safe: bool,
    now: datetime,
) -> bool:
    """Whether asking again, with an open flag of the same kind, is to be heard as new.

    Not while the first call still waits in its time; of danger people hear each quarter
    of an hour, however often somebody taps.
    """
    if said_safe or first_tried_at is not None:
        return True
    if level == RED:
        return now - last_call >= STAFFED[RED]
    return now > due_at


def is_overdue(
    *, due_at: datetime, first_tried_at: datetime | None, now: datetime
) -> bool:
    """The first try stops the clock; taking it over alone does not."""
    return first_tried_at is None and now > due_at
