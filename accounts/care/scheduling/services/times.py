"""From a free time to a row that nobody else can have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.care.scheduling.access import Slot, open_slots, slot_at
from accounts.care.scheduling.enums import Actor, AppointmentState as S, OfferState
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.registry import is_barred
from accounts.care.scheduling.services.locks import lock_calendar
from accounts.care.scheduling.services.places import close_offers
from accounts.care.scheduling.services.steps import begin, take_step
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User

NEVER_TWICE = "care_appt_never_twice"


class BookingRefused(Exception):  # noqa: N818 - reads as the event it is
    """Why a time is not booked; a page says it in a sentence."""


class Taken(BookingRefused):
    """Inside this app: SlotTaken tells the person what is free instead."""


class SlotTaken(BookingRefused):
    """Somebody was quicker, or the time is gone; `times` are the next free ones."""

    def __init__(self, times: list[Slot]) -> None:
        super().__init__()
        self.times = times


class NotTogether(BookingRefused):
    """These two are not booked with each other; nobody is told why."""


class TooMany(BookingRefused):
    """As many talks as somebody may have before them."""


class HoldOver(BookingRefused):
    """The ten minutes, or the time for an answer, are over."""


class PhoneMissing(BookingRefused):
    """A talk by phone without a number."""


def next_times(
    *,
    user: User,
    counselor: CounselorProfile,
    starts_at: datetime,
    mode: str,
    own: Iterable[CounselorProfile] = (),
) -> list[Slot]:
    """Three times after the one that was wanted: the same counselor's, or else anybody's."""
    own = list(own)
    found = open_slots(
        counselors=[counselor], own=own, mode=mode, after=starts_at, limit=3
    )
    if len(found) < 3:
        seen = {(slot.counselor.pk, slot.starts_at) for slot in found}
        for slot in open_slots(own=own, mode=mode, limit=30):
            if (slot.counselor.pk, slot.starts_at) in seen:
                continue
            if not is_barred(user, slot.counselor):
                found.append(slot)
    return sorted(found[:3], key=lambda slot: (slot.starts_at, slot.counselor.pk))


def take_time(
    *,
    counselor: CounselorProfile,
    starts_at: datetime,
    mode: str,
    is_own: bool,
    actor: Actor,
    **fields: Any,
) -> Appointment:
    """Raises Taken. The database has the last word, whatever was free a moment ago."""
    lock_calendar(counselor)
    expire_holds(now=timezone.now(), counselor=counselor)
    slot = slot_at(counselor, starts_at, mode, is_own=is_own)
    if slot is None:
        raise Taken
    row = Appointment(
        counselor=counselor,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        blocked_from=slot.blocked_from,
        blocked_until=slot.blocked_until,
        mode=mode,
        **fields,
    )
    try:
        with transaction.atomic():
            return begin(row, actor=actor)
    except IntegrityError as error:
        if NEVER_TWICE in str(error):
            raise Taken from None
        raise


def expire_holds(*, now: datetime, counselor: CounselorProfile | None = None) -> int:
    """Free what was held and not booked; what somebody has in hand right now is left."""
    due = Appointment.objects.filter(state=S.HELD, held_until__lte=now)
    if counselor is not None:
        due = due.filter(counselor=counselor)
    rows = list(
        due.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:200]
    )
    for row in rows:
        take_step(row, "expire", actor=Actor.SYSTEM, now=now)
    close_offers(rows, OfferState.EXPIRED, now=now)
    return len(rows)
