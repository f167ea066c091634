from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import (
    OVER,
    TAKES_TIME,
    Actor,
    AppointmentState,
    Mode,
)
from accounts.care.scheduling.models.ranges import ONE_COUNSELOR
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile

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
    # Held by the site for somebody on the waiting list, not by the person.
    is_offer = models.BooleanField(default=False)
    # Where to call, for a talk by phone only.
    phone = SealedField()
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
            # Whoever takes another time into their hand lets go of the one before.
            models.UniqueConstraint(
                fields=["subject", "is_offer"],
                condition=Q(state=AppointmentState.HELD),
                name="care_appt_one_hold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class AppointmentStep(models.Model):
    """What became of an appointment and when: never changed, gone only with it."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.DO_NOTHING, related_name="steps"
    )
    state = models.CharField(max_length=22, choices=AppointmentState)
    actor = models.CharField(max_length=10, choices=Actor)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of an appointment")
        verbose_name_plural = _("steps of appointments")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AppointmentState.values, actor__in=Actor.values),
                name="care_step_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d %H:%M}"
