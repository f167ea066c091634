from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.models import Appointment, Reminder, ReminderWish
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part


def copy(subject: Subject) -> Any:
    rows = Appointment.objects.filter(subject=subject).order_by("pk")
    return [{"state": row.state} for row in rows] or None


def erase(subject: Subject) -> None:
    Reminder.objects.filter(subject=subject).delete()
    ReminderWish.objects.filter(subject=subject).delete()
    Appointment.objects.filter(subject=subject).delete()


PART = Part(
    code="scheduling",
    title=_("Times with counselors"),
    copy=copy,
    erase=erase,
    how_long=_("Until you end it."),
    models=(
        "accounts_care_scheduling.Appointment",
        "accounts_care_scheduling.Reminder",
        "accounts_care_scheduling.ReminderWish",
    ),
)
