"""The time zones people choose from, and how a time is shown in one or in two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext, pgettext_lazy

from accounts.lib.dates import SHANGHAI

COOKIE = "zone"
YEAR = 365 * 24 * 60 * 60
# Where people who read this site live; every whole hour of the globe has one.
ZONES: dict[str, str | Promise] = {
    "Asia/Shanghai": pgettext_lazy("time zone", "China (Beijing time)"),
    "Asia/Hong_Kong": pgettext_lazy("time zone", "Hong Kong"),
    "Asia/Macau": pgettext_lazy("time zone", "Macau"),
    "Asia/Taipei": pgettext_lazy("time zone", "Taipei"),
    "Asia/Singapore": pgettext_lazy("time zone", "Singapore"),
    "Asia/Kuala_Lumpur": pgettext_lazy("time zone", "Kuala Lumpur"),
    "Asia/Tokyo": pgettext_lazy("time zone", "Tokyo"),
    "Asia/Seoul": pgettext_lazy("time zone", "Seoul"),
    "Asia/Bangkok": pgettext_lazy("time zone", "Bangkok"),
    "Asia/Yangon": pgettext_lazy("time zone", "Yangon"),
    "Asia/Dhaka": pgettext_lazy("time zone", "Dhaka"),
    "Asia/Kolkata": pgettext_lazy("time zone", "Delhi"),
    "Asia/Karachi": pgettext_lazy("time zone", "Karachi"),
    "Asia/Dubai": pgettext_lazy("time zone", "Dubai"),
    "Europe/Moscow": pgettext_lazy("time zone", "Moscow"),
    "Africa/Johannesburg": pgettext_lazy("time zone", "Johannesburg"),
    "Africa/Lagos": pgettext_lazy("time zone", "Lagos"),
    "Europe/Berlin": pgettext_lazy("time zone", "Berlin, Paris, Rome"),
    "Europe/London": pgettext_lazy("time zone", "London"),
    "America/Sao_Paulo": pgettext_lazy("time zone", "São Paulo"),
    "America/Halifax": pgettext_lazy("time zone", "Halifax"),
    "America/New_York": pgettext_lazy("time zone", "New York, Toronto"),
    "America/Chicago": pgettext_lazy("time zone", "Chicago"),
    "America/Denver": pgettext_lazy("time zone", "Denver"),
    "America/Los_Angeles": pgettext_lazy("time zone", "Los Angeles, Vancouver"),
    "America/Anchorage": pgettext_lazy("time zone", "Anchorage"),
    "Pacific/Honolulu": pgettext_lazy("time zone", "Honolulu"),
    "Pacific/Auckland": pgettext_lazy("time zone", "Auckland"),
    "Australia/Sydney": pgettext_lazy("time zone", "Sydney, Melbourne"),
    "Australia/Perth": pgettext_lazy("time zone", "Perth"),
}


def name_of(zone: ZoneInfo) -> str:
    return str(ZONES.get(zone.key, zone.key))


def zone_of(request: HttpRequest) -> ZoneInfo:
    """As this device was told; Beijing time until then."""
    asked = request.COOKIES.get(COOKIE, "")
    return ZoneInfo(asked) if asked in ZONES else SHANGHAI


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of time by one clock; `other` is the same by another that differs."""

    date: date
    day: str
    times: str
    # Empty where nobody could take it for another one.
    zone: str = ""
    other: Any = None

    def __str__(self) -> str:
        return f"{self.day} {self.times}"


def shown(
    starts_at: datetime,
    ends_at: datetime,
    zone: ZoneInfo,
    other: ZoneInfo | None = None,
) -> Shown:
    """In the viewer's zone, and in the other side's where their clocks differ then."""
    begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    there = starts_at.astimezone(other) if other else begins
    differs = there.utcoffset() != begins.utcoffset()
    return Shown(
        date=begins.date(),
        day=day_text(begins.date(), zone),
        times=f"{begins:%H:%M}–{ends:%H:%M}",
        zone=name_of(zone) if differs or zone.key != SHANGHAI.key else "",
        other=_plain(starts_at, ends_at, other) if other and differs else None,
    )


def _plain(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Shown:
    begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    times = f"{begins:%H:%M}–{ends:%H:%M}"
    return Shown(begins.date(), day_text(begins.date(), zone), times, name_of(zone))


def day_text(day: date, zone: ZoneInfo) -> str:
    """今天（星期二）, 12月1日（星期二）, by the calendar of that zone."""
    today = timezone.now().astimezone(zone).date()
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    told = near.get((day - today).days)
    if told is None:
        is_far = day.year != today.year
        form = (
            pgettext("date format", "j F Y")
            if is_far
            else pgettext("date format", "j F")
        )
        told = format_date(day, form)
    return pgettext("a day and its weekday", "%(day)s (%(weekday)s)") % {
        "day": told,
        "weekday": format_date(day, "l"),
    }
