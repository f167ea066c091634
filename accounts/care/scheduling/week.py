"""A counselor's own days as a page shows them: what is booked, and what is still free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from accounts.care.scheduling.access import Planned, plans_of, working_counselors
from accounts.care.scheduling.calendar_access import appointments_of, day_range
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.rules.slots import free_times, ranges_of, spans_of
from accounts.care.scheduling.rules.times import minutes_text
from accounts.care.scheduling.zones import day_text
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import SHANGHAI


@dataclass(frozen=True, slots=True)
class Entry:
    row: Appointment
    times: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    name: str
    is_today: bool
    is_away: bool
    entries: list[Entry]
    # When the counselor is there, and which times of it somebody could book now.
    hours: list[str]
    free: list[str]


def days_of(
    counselor: CounselorProfile, first: date, count: int, zone: ZoneInfo
) -> list[Day]:
    """By the counselor's own clock, in three questions to the database and a few more."""
    last = first + timedelta(days=count - 1)
    since, until = day_range(first, last, zone)
    now = timezone.now()
    planned = plans_of([counselor], now=now, after=since, until=until)
    entries: dict[date, list[Entry]] = {}
    for row in appointments_of(counselor, since, until):
        begins, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        told = Entry(row, f"{begins:%H:%M}–{ends:%H:%M}")
        entries.setdefault(begins.date(), []).append(told)
    free = _free(planned, since, until, now)
    days = [first + timedelta(days=number) for number in range(count)]
    today = now.astimezone(zone).date()
    return [
        Day(
            day=day,
            name=day_text(day, zone),
            is_today=day == today,
            is_away=_is_away(planned, day),
            entries=entries.get(day, []),
            hours=_hours(planned, day),
            free=free.get(day, []),
        )
        for day in days
    ]


def _free(
    planned: list[Planned], since: datetime, until: datetime, now: datetime
) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for one in planned:
        zone = one.plan.terms.zone
        for free in free_times(one.plan, one.taken, now=now, after=since, until=until):
            local = free.starts_at.astimezone(zone)
            found.setdefault(local.date(), []).append(f"{local:%H:%M}")
    return found


def _hours(planned: list[Planned], day: date) -> list[str]:
    return [
        f"{minutes_text(span.starts)}–{minutes_text(span.ends)}"
        for one in planned
        for span in spans_of(one.plan, day)
    ]


def _is_away(planned: list[Planned], day: date) -> bool:
    return any(
        away.first <= day <= away.last for one in planned for away in one.plan.away
    )


# ---- For everybody: when is somebody there at all?


@dataclass(frozen=True, slots=True)
class Staffed:
    name: str
    hours: list[str]


def staffed_week() -> list[Staffed]:
    """The next seven days by Beijing's clock, over all counselors, without their names."""
    now = timezone.now()
    first = now.astimezone(SHANGHAI).date()
    since, until = day_range(first, first + timedelta(days=6), SHANGHAI)
    counselors = list(working_counselors().filter(is_listed=True))
    planned = plans_of(counselors, now=now, after=since, until=until)
    found = []
    for number in range(7):
        day = first + timedelta(days=number)
        name = str(WEEKDAYS[day.weekday()])
        found.append(Staffed(name, _together(planned, day)))
    return found


def _together(planned: list[Planned], day: date) -> list[str]:
    """Hours that touch become one stretch."""
    begins, ends = day_range(day, day, SHANGHAI)
    pieces = sorted(
        (max(since, begins), min(until, ends))
        for one in planned
        for near in (day - timedelta(days=1), day, day + timedelta(days=1))
        for since, until in ranges_of(one.plan, near)
        if since < ends and begins < until
    )
    joined: list[tuple[datetime, datetime]] = []
    for since, until in pieces:
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    return [f"{_clock(since, day)}–{_clock(until, day)}" for since, until in joined]


def _clock(moment: datetime, day: date) -> str:
    local = moment.astimezone(SHANGHAI)
    return f"{local:%H:%M}" if local.date() == day else "24:00"
