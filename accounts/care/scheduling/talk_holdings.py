"""What somebody gets as their copy of booking, and how it goes."""

from __future__ import annotations

from typing import Any

from accounts.care.scheduling.models import (
    Appointment,
    AppointmentStep,
    Offer,
    Seat,
    WaitingEntry,
)
from accounts.care.scheduling.services.booking import cancel_all
from accounts.care.scheduling.services.groups import leave_groups
from accounts.care.scheduling.services.sealed import NICKNAME, WISH
from accounts.care.scheduling.talk_access import NEVER_WAS, phone_of, topic_of
from accounts.care.vault import keys
from accounts.care.vault.models import Subject

MODELS = (
    "accounts_care_scheduling.Appointment",
    "accounts_care_scheduling.AppointmentStep",
    "accounts_care_scheduling.WaitingEntry",
    "accounts_care_scheduling.Offer",
    "accounts_care_scheduling.Group",
    "accounts_care_scheduling.Seat",
)


def copy_talks(subject: Subject) -> dict[str, Any] | None:
    found = {
        "talks": [_talk(row) for row in _talks(subject)],
        "waiting_list": [_entry(row) for row in _entries(subject)],
        "groups": [_seat(row) for row in _seats(subject)],
    }
    return {name: rows for name, rows in found.items() if rows} or None


def _talks(subject: Subject) -> Any:
    rows = Appointment.objects.filter(subject=subject).exclude(state__in=NEVER_WAS)
    rows = rows.select_related("counselor", "subject").prefetch_related("steps")
    return rows.order_by("starts_at")


def _talk(row: Appointment) -> dict[str, Any]:
    return {
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "counselor": row.counselor.name,
        "mode": row.mode,
        "topic": topic_of(row),
        "phone": phone_of(row),
        "state": row.state,
        "steps": [
            {"at": step.at.isoformat(), "state": step.state, "by": step.actor}
            for step in row.steps.all()
        ],
    }


def _entries(subject: Subject) -> Any:
    return WaitingEntry.objects.filter(subject=subject).order_by("since")


def _entry(row: WaitingEntry) -> dict[str, Any]:
    return {
        "since": row.since.isoformat(),
        "state": row.state,
        "topic": keys.unseal(row.subject, WISH, row.topic) or "",
        "modes": row.modes,
        "weekdays": row.weekdays,
        "times": row.parts,
        "offers_without_an_answer": row.unanswered,
    }


def _seats(subject: Subject) -> Any:
    rows = Seat.objects.filter(subject=subject).select_related("group__appointment")
    return rows.order_by("since")


def _seat(row: Seat) -> dict[str, Any]:
    return {
        "theme": row.group.theme,
        "starts_at": row.group.appointment.starts_at.isoformat(),
        "nickname": keys.unseal(row.subject, NICKNAME, row.nickname) or "",
        "state": row.state,
    }


def erase_talks(subject: Subject) -> None:
    """What is booked is cancelled first, so that nobody waits in vain."""
    cancel_all(subject=subject)
    leave_groups(subject=subject)
    Seat.objects.filter(subject=subject).delete()
    Offer.objects.filter(entry__subject=subject).delete()
    WaitingEntry.objects.filter(subject=subject).delete()
    rows = Appointment.objects.filter(subject=subject)
    gone = list(rows.values_list("pk", flat=True))
    rows.update(replaces=None)
    rows.delete()
    # The database lets steps go only after their appointment.
    AppointmentStep.objects.filter(appointment__in=gone).delete()
