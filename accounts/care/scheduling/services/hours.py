"""When a counselor can be booked. Nothing here touches what is booked already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.care.scheduling.access import booked_between
from accounts.care.scheduling.enums import DayKind, LeaveReason
from accounts.care.scheduling.models import (
    Appointment,
    AvailabilityRule,
    CounselorSettings,
    DateException,
    Leave,
)
from accounts.care.scheduling.rules.times import DAY
from accounts.care.scheduling.services.locks import lock_calendar
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile


class Overlap(Exception):  # noqa: N818 - reads as the event it is
    """Another line lies over this time; `weekdays` says on which days."""

    def __init__(self, weekdays: Iterable[int] = ()) -> None:
        super().__init__()
        self.weekdays = sorted(weekdays)


class BookedInside(Exception):  # noqa: N818 - reads as the event it is
    """There are talks in these days: they are moved or cancelled first."""

    def __init__(self, appointments: list[Appointment]) -> None:
        super().__init__()
        self.appointments = appointments


@behind_the_wall()
def save_settings(*, counselor: CounselorProfile, **fields: Any) -> CounselorSettings:
    lock_calendar(counselor)
    row, _made = CounselorSettings.objects.update_or_create(
        counselor=counselor, defaults=fields | {"changed_at": timezone.now()}
    )
    return row


@behind_the_wall()
def add_hours(
    *,
    counselor: CounselorProfile,
    weekdays: Iterable[int],
    starts: int,
    ends: int,
    modes: list[str],
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> list[AvailabilityRule]:
    """The same line on each of these days, or on none of them. Raises Overlap."""
    lock_calendar(counselor)
    rows = [
        AvailabilityRule(
            counselor=counselor,
            weekday=weekday,
            starts=starts,
            ends=ends,
            modes=modes,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        for weekday in weekdays
    ]
    taken = {row.weekday for row in rows if not _save(row)}
    if taken:
        raise Overlap(taken)
    return rows


@behind_the_wall()
def change_hours(
    *,
    rule: AvailabilityRule,
    starts: int,
    ends: int,
    modes: list[str],
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> AvailabilityRule:
    """Raises Overlap."""
    row = AvailabilityRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    row.starts, row.ends, row.modes = starts, ends, modes
    row.valid_from, row.valid_until = valid_from, valid_until
    if not _save(row):
        raise Overlap({row.weekday})
    return row


@behind_the_wall()
def remove_hours(*, rule: AvailabilityRule) -> None:
    AvailabilityRule.objects.filter(pk=rule.pk).delete()


@behind_the_wall()
def add_day(
    *,
    counselor: CounselorProfile,
    day: date,
    kind: str,
    starts: int = 0,
    ends: int = DAY,
    modes: Iterable[str] = (),
) -> DateException:
    """Raises Overlap."""
    row = DateException(
        counselor=counselor,
        day=day,
        kind=kind,
        starts=starts,
        ends=ends,
        modes=list(modes) if kind == DayKind.EXTRA else [],
    )
    if not _save(row):
        raise Overlap
    return row


@behind_the_wall()
def remove_day(*, exception: DateException) -> None:
    DateException.objects.filter(pk=exception.pk).delete()


@behind_the_wall()
def take_leave(
    *, counselor: CounselorProfile, first_day: date, last_day: date, reason: LeaveReason
) -> Leave:
    """Raises BookedInside and Overlap."""
    lock_calendar(counselor)
    booked = booked_between(counselor, first_day, last_day)
    if booked:
        raise BookedInside(booked)
    row = Leave(
        counselor=counselor, first_day=first_day, last_day=last_day, reason=reason
    )
    if not _save(row):
        raise Overlap
    return row


@behind_the_wall()
def end_leave(*, leave: Leave) -> None:
    Leave.objects.filter(pk=leave.pk).delete()


def _save(row: AvailabilityRule | DateException | Leave) -> bool:
    """False where the database finds another one over it."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "no_overlap" in str(error):
            return False
        raise
    return True
