from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.care.scheduling.models import (
    Appointment,
    AvailabilityRule,
    CounselorSettings,
    DateException,
    Leave,
)
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import SHANGHAI

# Before any time a test books in: a Monday morning in Shanghai.
MONDAY = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)


def at(day: date, hours: int, minutes: int = 0, zone: ZoneInfo = SHANGHAI) -> datetime:
    shown = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone)
    return shown.astimezone(UTC)


def make_settings(counselor: CounselorProfile, **fields: Any) -> CounselorSettings:
    """By text and by phone, fifty minutes and ten after, a day's notice, four weeks."""
    values: dict[str, Any] = {"modes": ["text", "phone"], "notice_hours": 24}
    return CounselorSettings.objects.create(counselor=counselor, **(values | fields))


def make_hours(
    counselor: CounselorProfile,
    weekday: int = 1,
    starts: int = 9 * 60,
    ends: int = 12 * 60,
    **fields: Any,
) -> AvailabilityRule:
    """Tuesday from nine to twelve, unless said otherwise."""
    values: dict[str, Any] = {"modes": ["text", "phone"]}
    return AvailabilityRule.objects.create(
        counselor=counselor,
        weekday=weekday,
        starts=starts,
        ends=ends,
        **(values | fields),
    )


def make_day(
    counselor: CounselorProfile, day: date, kind: str = "off", **fields: Any
) -> DateException:
    values = {"modes": ["text"]} if kind == "extra" else {}
    return DateException.objects.create(
        counselor=counselor, day=day, kind=kind, **(values | fields)
    )


def make_leave(
    counselor: CounselorProfile, first: date, last: date, reason: str = "holiday"
) -> Leave:
    return Leave.objects.create(
        counselor=counselor, first_day=first, last_day=last, reason=reason
    )


def make_appointment(
    counselor: CounselorProfile,
    subject: Subject | None,
    starts_at: datetime,
    **fields: Any,
) -> Appointment:
    """Booked, by text, fifty minutes and ten after."""
    ends_at = starts_at + timedelta(minutes=50)
    values: dict[str, Any] = {
        "mode": "text",
        "state": "booked",
        "ends_at": ends_at,
        "blocked_from": starts_at,
        "blocked_until": ends_at + timedelta(minutes=10),
    }
    return Appointment.objects.create(
        counselor=counselor, subject=subject, starts_at=starts_at, **(values | fields)
    )
