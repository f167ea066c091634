from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.safety.enums import (
    FlagState,
    Level,
    Outcome,
    Source,
    StepBy,
    Verdict,
    Way,
)
from accounts.care.scheduling.models.ranges import ONE_COUNSELOR
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile

# How long a forced look lasts, and by when somebody else judges it.
GLASS_OPEN = timedelta(minutes=60)
GLASS_REVIEW = timedelta(hours=24)


class DutyShift(models.Model):
    """Hours in which one counselor looks after flags: the hours we print."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("hours on duty")
        verbose_name_plural = _("hours on duty")
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="care_duty_by_time")
        ]
        constraints = [
            ExclusionConstraint(
                name="care_duty_never_twice",
                index_type="GIST",
                expressions=[
                    (ONE_COUNSELOR, RangeOperators.OVERLAPS),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(ends_at__lte=F("starts_at") + timedelta(hours=24)),
                name="care_duty_at_most_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.counselor}"


class SafetyFlag(models.Model):
    """Somebody may be in danger: who looks after it, and by when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    source = models.CharField(max_length=10, choices=Source)
    reason = SealedField()
    state = models.CharField(max_length=20, choices=FlagState, default=FlagState.OPEN)
    owner = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    first_tried_at = models.DateTimeField(null=True, blank=True)
    # Two different people close what was RED or AMBER.
    close_asked_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # Raised each time it changes: the slower of two people is told.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("safety flag")
        verbose_name_plural = _("safety flags")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=~Q(state=FlagState.CLOSED),
                name="care_flag_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="care_flag_level_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="care_flag_source_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FlagState.values), name="care_flag_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=FlagState.CLOSED,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                | (
                    ~Q(state=FlagState.CLOSED)
                    & Q(closed_at__isnull=True, closed_by__isnull=True)
                ),
                name="care_flag_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=FlagState.CLOSED)
                | Q(level=Level.YELLOW)
                | (
                    Q(close_asked_by__isnull=False)
                    & ~Q(close_asked_by=models.F("closed_by"))
                ),
                name="care_flag_two_people_close",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.state}"


class FlagStep(models.Model):
    """What became of a flag, line by line; no line is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    flag = models.ForeignKey(SafetyFlag, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    event = models.CharField(max_length=20)
    # The state it led to.
    state = models.CharField(max_length=20, choices=FlagState)
    by = models.CharField(max_length=10, choices=StepBy)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    remark = SealedField()

    class Meta:
        verbose_name = _("step of a safety flag")
        verbose_name_plural = _("steps of safety flags")
        constraints = [
            models.UniqueConstraint(
                fields=["flag", "number"], name="care_step_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FlagState.values), name="care_step_state_known"
            ),
            models.CheckConstraint(
                condition=Q(by=StepBy.COUNSELOR, counselor__isnull=False)
                | Q(
                    by__in=(StepBy.PERSON, StepBy.SITE),
                    counselor__isnull=True,
                ),
                name="care_step_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"


class ContactTry(models.Model):
    """One try to reach somebody, whether it worked or not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    flag = models.ForeignKey(SafetyFlag, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    way = models.CharField(max_length=6, choices=Way)
    outcome = models.CharField(max_length=10, choices=Outcome)

    class Meta:
        verbose_name = _("try to reach somebody")
        verbose_name_plural = _("tries to reach somebody")
        constraints = [
            models.UniqueConstraint(
                fields=["flag", "number"], name="care_try_in_order"
            ),
            models.CheckConstraint(
                condition=Q(way__in=Way.values, outcome__in=Outcome.values),
                name="care_try_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"


class Incident(models.Model):
    """A clock ran out: who was told of it, once each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    flag = models.ForeignKey(SafetyFlag, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    due_at = models.DateTimeField()
    noticed_at = models.DateTimeField(default=timezone.now)
    on_duty_told = models.PositiveSmallIntegerField(default=0)
    supervisors_told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("clock that ran out")
        verbose_name_plural = _("clocks that ran out")
        constraints = [
            # T7 sets a clock anew: each one that ran out counts once.
            models.UniqueConstraint(
                fields=["flag", "due_at"], name="care_incident_once"
            ),
            models.CheckConstraint(
                condition=Q(noticed_at__gte=F("due_at")),
                name="care_incident_after_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.due_at:%Y-%m-%d %H:%M}"


class BreakGlass(models.Model):
    """A look that consent does not give: for an hour, with a reason, judged by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    flag = models.ForeignKey(SafetyFlag, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    reason = SealedField()
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    reviewer = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True, default="")
    review_remark = SealedField()

    class Meta:
        verbose_name = _("forced look")
        verbose_name_plural = _("forced looks")
        indexes = [
            models.Index(
                fields=["review_due_at"],
                condition=Q(reviewed_at__isnull=True),
                name="care_glass_waits",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="care_glass_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("opened_at"))
                & Q(ends_at__lte=F("opened_at") + GLASS_OPEN),
                name="care_glass_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("actor")),
                name="care_glass_judged_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True, reviewed_at__isnull=True, verdict="")
                | Q(
                    reviewer__isnull=False,
                    reviewed_at__isnull=False,
                    verdict__in=Verdict.values,
                ),
                name="care_glass_judged_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d %H:%M} {self.verdict}"


class SafetyPlan(models.Model):
    """Somebody's plan for hard hours as it stood at one time; kept only on their yes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    body = SealedField()
    written_at = models.DateTimeField(default=timezone.now)
    # Who wrote it down together with the person; empty when they did it alone.
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("safety plan")
        verbose_name_plural = _("safety plans")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "number"], name="care_plan_in_order"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="care_plan_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.written_at:%Y-%m-%d}"
