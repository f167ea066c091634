from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import ReminderKind, ReminderState, ReminderWay
from accounts.care.scheduling.models.appointments import Appointment
from accounts.care.vault.models import Subject


class Reminder(models.Model):
    """One message about one talk, written down when it is booked and sent at most once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="+"
    )
    # Whose message it is: people in a group have one each.
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ReminderKind)
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=ReminderState, default=ReminderState.WAITING
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state=ReminderState.WAITING),
                name="care_reminder_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "subject", "kind"], name="care_reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReminderKind.values),
                name="care_reminder_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ReminderState.WAITING, ended_at__isnull=True)
                | Q(
                    state__in=(ReminderState.SENT, ReminderState.DROPPED),
                    ended_at__isnull=False,
                ),
                name="care_reminder_over_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ReminderWish(models.Model):
    """How somebody wants to be reminded; without a row as by all other messages."""

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=ReminderWay)

    class Meta:
        verbose_name = _("wish about reminders")
        verbose_name_plural = _("wishes about reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=ReminderWay.values), name="care_wish_way_known"
            )
        ]

    def __str__(self) -> str:
        return self.way
