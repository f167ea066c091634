"""A counselor is gone: nobody is left with a talk to which nobody comes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.care.scheduling.enums import (
    Actor,
    AppointmentState as S,
    OfferState,
    WaitState,
)
from accounts.care.scheduling.models import Appointment, Group, WaitingEntry
from accounts.care.scheduling.services.booking import (
    cancel,
    lock_subject,
    tell_the_waiting,
)
from accounts.care.scheduling.services.groups import call_off_group
from accounts.care.scheduling.services.places import close_offers, move_on, place_of
from accounts.care.scheduling.services.sealed import TOPIC, WISH
from accounts.care.scheduling.services.steps import take_step
from accounts.care.scheduling.services.times import BookingRefused
from accounts.care.scheduling.talk_access import without_counselor
from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

# In one run; the next one goes on.
MOST_IN_A_RUN = 200


def role_ended(_counselor: CounselorProfile) -> None:
    """Afterwards, each talk by itself: whoever books holds the person before the counselor."""
    from accounts.care.scheduling.tasks import call_off_talks

    transaction.on_commit(call_off_talks.delay, robust=True)


def call_off_without_counselor(*, now: datetime | None = None) -> int:
    """Safe to repeat; returns how many talks and groups were called off."""
    now = now or timezone.now()
    with behind_the_wall():
        rows = without_counselor(now=now).order_by("starts_at", "pk")
        due = list(rows.values_list("pk", flat=True)[:MOST_IN_A_RUN])
    return sum(_call_off(pk, now) for pk in due)


@behind_the_wall()
def _call_off(appointment_id: UUID, now: datetime) -> bool:
    rows = Appointment.objects.select_related("subject")
    found = rows.filter(pk=appointment_id).first()
    if found is None:
        return False
    if found.subject is None:
        return _call_off_group(appointment_id, now)
    subject = lock_subject(found.subject)
    due = without_counselor(now=now).filter(pk=appointment_id).values("pk")
    row = rows.select_for_update(of=("self",)).filter(pk__in=due).first()
    if row is None:
        return False
    if row.state == S.HELD:
        take_step(row, "expire", actor=Actor.SYSTEM, now=now)
        # Not their silence: it does not count.
        close_offers([row], OfferState.WITHDRAWN, now=now)
        tell_the_waiting()
        return False
    _put_first(subject, row, now)
    cancel(appointment=row, actor=Actor.SYSTEM)
    return True


def _put_first(subject: Subject, row: Appointment, now: datetime) -> None:
    """The next free time that fits is theirs, whoever offers it."""
    entry = place_of(subject)
    if entry is None:
        topic = keys.unseal(subject, TOPIC, row.topic)
        entry = WaitingEntry(subject=subject, modes=[row.mode])
        entry.topic = keys.seal(subject, WISH, topic) if topic else ""
    elif entry.state == WaitState.PAUSED:
        move_on(entry, "keep", now=now, actor=Actor.SYSTEM)
    if entry.counselor_id == row.counselor_id:
        entry.counselor = None
    entry.goes_first = True
    entry.save()


@behind_the_wall()
def _call_off_group(appointment_id: UUID, now: datetime) -> bool:
    group = Group.objects.filter(appointment=appointment_id).first()
    still = without_counselor(now=now).filter(pk=appointment_id)
    if group is None or not still.exists():
        return False
    try:
        call_off_group(group=group, actor=Actor.SYSTEM)
    except BookingRefused:
        # Called off a moment ago.
        return False
    return True
