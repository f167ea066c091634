"""Reminders: rows first, written with the appointment; each leaves once or not at all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.care.scheduling import emails
from accounts.care.scheduling.enums import (
    AppointmentState,
    ReminderKind,
    ReminderState,
    ReminderWay,
)
from accounts.care.scheduling.models import Appointment, Reminder, ReminderWish
from accounts.care.scheduling.registry import (
    ATTENDED,
    BOOKED,
    CANCELLED,
    MISSED,
    MOVED,
)
from accounts.care.scheduling.rules import reminders as rules
from accounts.care.vault.access import user_of
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall

ZONE = "Asia/Shanghai"
BATCH = 200


def follow(appointment: Appointment, event: str) -> None:
    """In the transaction that changes the appointment."""
    if appointment.subject is None:
        return
    if event in (BOOKED, MOVED):
        if appointment.replaces_id is not None:
            drop(appointment_id=appointment.replaces_id)
        plan(appointment=appointment, subject=appointment.subject)
    elif event in (CANCELLED, ATTENDED):
        # Also the word about a talk that took place after all.
        drop(appointment_id=appointment.pk)
    elif event == MISSED:
        _add_missed(appointment, appointment.subject)


@behind_the_wall()
def plan(*, appointment: Appointment, subject: Subject) -> int:
    """Write down what this person is to be told before the talk; returns how many."""
    now = timezone.now()
    rows = []
    for kind in (ReminderKind.DAY_BEFORE, ReminderKind.TWO_HOURS):
        due = rules.due_at(kind, starts_at=appointment.starts_at, now=now, zone=ZONE)
        if due is not None:
            rows.append(
                Reminder(
                    appointment=appointment, subject=subject, kind=kind, due_at=due
                )
            )
    # Asked twice, written once.
    return len(Reminder.objects.bulk_create(rows, ignore_conflicts=True))


@behind_the_wall()
def drop(*, appointment_id: UUID, subject: Subject | None = None) -> int:
    """What has not left yet does not leave: the talk is elsewhere, or not at all."""
    rows = Reminder.objects.filter(
        appointment=appointment_id, state=ReminderState.WAITING
    )
    if subject is not None:
        rows = rows.filter(subject=subject)
    return rows.update(state=ReminderState.DROPPED, ended_at=timezone.now())


def _add_missed(appointment: Appointment, subject: Subject) -> None:
    Reminder.objects.bulk_create(
        [
            Reminder(
                appointment=appointment,
                subject=subject,
                kind=ReminderKind.MISSED,
                due_at=rules.next_morning(timezone.now(), ZONE),
            )
        ],
        ignore_conflicts=True,
    )


def due_reminders(*, now: datetime) -> QuerySet[Reminder]:
    waiting = Reminder.objects.filter(state=ReminderState.WAITING, due_at__lte=now)
    return waiting.order_by("due_at", "pk")


def send_due(*, now: datetime) -> int:
    """Hand every due reminder to the outbox, one transaction each; returns how many.

    A worker that dies leaves a row waiting and nothing in the outbox; two workers side
    by side skip each other's row.
    """
    with behind_the_wall():
        due = list(due_reminders(now=now).values_list("pk", flat=True)[:BATCH])
    return sum(_send_one(pk, now) for pk in due)


@behind_the_wall()
def _send_one(pk: UUID, now: datetime) -> bool:
    row = (
        due_reminders(now=now)
        .filter(pk=pk)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("appointment", "subject")
        .first()
    )
    if row is None:
        return False
    is_sent = _is_wanted(row, now) and _queue(row)
    row.state = ReminderState.SENT if is_sent else ReminderState.DROPPED
    row.ended_at = now
    row.save(update_fields=["state", "ended_at"])
    return is_sent


def _is_wanted(row: Reminder, now: datetime) -> bool:
    """Looked at once more when it leaves: the appointment's own row decides."""
    talk = row.appointment
    if rules.is_too_late(row.kind, starts_at=talk.starts_at, now=now):
        return False
    if row.kind == ReminderKind.MISSED:
        return talk.state == AppointmentState.NO_SHOW
    return talk.state == AppointmentState.BOOKED


def _queue(row: Reminder) -> bool:
    user = user_of(row.subject)
    way = way_of(row.subject)
    if user is None or way == ReminderWay.NONE:
        return False
    return emails.remind(row, user=user, way=way)


def way_of(subject: Subject) -> str:
    wish = ReminderWish.objects.filter(subject=subject).first()
    return wish.way if wish else ReminderWay.USUAL


@behind_the_wall()
def set_way(*, subject: Subject, way: ReminderWay) -> None:
    ReminderWish.objects.update_or_create(subject=subject, defaults={"way": way})
