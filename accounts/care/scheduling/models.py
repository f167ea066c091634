from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import (
    OVER,
    TAKES_TIME,
    AppointmentState,
    Mode,
    ReminderKind,
    ReminderState,
    ReminderWay,
)
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile

# One counselor as a range of one number: exclusion without an extension of the server.
ONE_COUNSELOR = Func(
    Cast("counselor_id", models.BigIntegerField()),
    Cast("counselor_id", models.BigIntegerField()),
    Value("[]"),
    function="int8range",
)
TIME_TAKEN = Func(F("blocked_from"), F("blocked_until"), function="tstzrange")


class Appointment(models.Model):
    """An hour of one counselor, held or booked. Its times are in UTC."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    # Nobody for a group, whose people have seats.
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # With the counselor's breaks before and after.
    blocked_from = models.DateTimeField()
    blocked_until = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=Mode)
    topic = SealedField()
    state = models.CharField(
        max_length=22, choices=AppointmentState, default=AppointmentState.HELD
    )
    held_until = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    # Of the calendar entry: one more at every change (RFC 5545).
    sequence = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        indexes = [
            models.Index(fields=["counselor", "starts_at"], name="care_appt_by_day"),
            models.Index(fields=["subject", "-starts_at"], name="care_appt_by_person"),
        ]
        constraints = [
            ExclusionConstraint(
                name="care_appt_never_twice",
                index_type="GIST",
                expressions=[
                    (ONE_COUNSELOR, RangeOperators.OVERLAPS),
                    (TIME_TAKEN, RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKES_TIME),
            ),
            models.CheckConstraint(
                condition=Q(state__in=AppointmentState.values),
                name="care_appt_state_known",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=Mode.values), name="care_appt_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("starts_at"),
                    blocked_from__lte=F("starts_at"),
                    blocked_until__gte=F("ends_at"),
                ),
                name="care_appt_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=AppointmentState.HELD) | Q(held_until__isnull=False),
                name="care_appt_held_until",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, ended_at__isnull=False)
                | (~Q(state__in=OVER) & Q(ended_at__isnull=True)),
                name="care_appt_over_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.state}"


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
