from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.wellbeing.checkins.enums import CheckInState
from accounts.wellbeing.checkins.rules.new_job import ROUNDS

# One person and one family of forms as one number, and that as a range of one:
# exclusion without an extension of the server.
_ONE = Func(
    Concat(
        Cast("subject_id", models.TextField()),
        Value(":"),
        F("family"),
        output_field=models.TextField(),
    ),
    Value(0),
    function="hashtextextended",
    output_field=models.BigIntegerField(),
)
ONE_FAMILY = Func(_ONE, _ONE, Value("[]"), function="int8range")
WINDOW = Func(F("taken_at"), F("free_from"), function="tstzrange")
FLOOR = timedelta(days=14)
JOB_ROUNDS = (0, *ROUNDS)


class Draft(models.Model):
    """A check-in that somebody is answering; gone when it is sent, or a day later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    # Which questions, which answers, how far.
    content = SealedField()
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("check-in being answered")
        verbose_name_plural = _("check-ins being answered")

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d}"


class Sitting(models.Model):
    """Forms that were answered in one go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    # Whether help came before the result, what was chosen, whether the result was asked for.
    help = SealedField()

    class Meta:
        verbose_name = _("sitting of a check-in")
        verbose_name_plural = _("sittings of check-ins")
        indexes = [
            models.Index(fields=["subject", "-taken_at"], name="care_sitting_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d}"


class CheckIn(models.Model):
    """One form as it was answered, in the wording of that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    sitting = models.ForeignKey(
        Sitting, on_delete=models.CASCADE, related_name="check_ins"
    )
    form = models.CharField(max_length=16)
    # Short and long form of one instrument share their window.
    family = models.CharField(max_length=16)
    # The longer form, asked because of the short one of the same sitting.
    is_further = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField()
    locale = models.CharField(max_length=10)
    # Places among the answers, and the seed of the order in which they were asked.
    answers = SealedField()
    score = SealedField()
    taken_at = models.DateTimeField(default=timezone.now)
    free_from = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=CheckInState, default=CheckInState.SUBMITTED
    )

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        indexes = [
            models.Index(fields=["subject", "-taken_at"], name="care_checkin_by_person")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "form"], name="care_checkin_form_once"
            ),
            ExclusionConstraint(
                name="care_checkin_not_too_often",
                index_type="GIST",
                expressions=[
                    (ONE_FAMILY, RangeOperators.OVERLAPS),
                    (WINDOW, RangeOperators.OVERLAPS),
                ],
                condition=Q(is_further=False),
            ),
            models.CheckConstraint(
                condition=Q(free_from__gte=F("taken_at") + FLOOR),
                name="care_checkin_fourteen_days",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CheckInState.values),
                name="care_checkin_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckInState.PURGED, answers="")
                | (~Q(state=CheckInState.PURGED) & ~Q(answers="")),
                name="care_checkin_purged_has_no_answers",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckInState.SUBMITTED, score="")
                | (~Q(state=CheckInState.SUBMITTED) & ~Q(score="")),
                name="care_checkin_scored_has_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.taken_at:%Y-%m-%d}"


class Mood(models.Model):
    """One tap: how is it going. Counted by nothing, seen by nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    told = SealedField()

    class Meta:
        verbose_name = _("mood of a moment")
        verbose_name_plural = _("moods of moments")
        indexes = [models.Index(fields=["subject", "-at"], name="care_mood_by_person")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Rhythm(models.Model):
    """Whether somebody wants check-ins offered, and one reminder a round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    paused_until = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    reminds = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The first day of a new job, only ever as the person said it.
    job_began_on = models.DateField(null=True, blank=True)
    # The last of its rounds that was answered or declined; that a message went out for.
    job_asked = models.PositiveSmallIntegerField(default=0)
    job_reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("rhythm of check-ins")
        verbose_name_plural = _("rhythms of check-ins")
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(reminds=False),
                name="care_rhythm_stopped_is_quiet",
            ),
            models.CheckConstraint(
                condition=Q(job_asked__in=JOB_ROUNDS, job_reminded__in=JOB_ROUNDS),
                name="care_rhythm_job_rounds_known",
            ),
            models.CheckConstraint(
                condition=Q(job_began_on__isnull=False)
                | Q(job_asked=0, job_reminded=0),
                name="care_rhythm_no_job_no_round",
            ),
        ]

    def __str__(self) -> str:
        return "stopped" if self.stopped_at else "running"

    def is_quiet(self, now: datetime) -> bool:
        """Nothing is offered: paused for now, or stopped."""
        is_paused = self.paused_until is not None and self.paused_until > now
        return is_paused or self.stopped_at is not None


class Notice(models.Model):
    """A few kind words that wait inside the site from some hour on; nothing says why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("waiting word")
        verbose_name_plural = _("waiting words")
        indexes = [models.Index(fields=["subject", "due_at"], name="care_notice_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "due_at"], name="care_notice_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("due_at")),
                name="care_notice_opened_when_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d}"
