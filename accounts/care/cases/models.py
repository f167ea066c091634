from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.cases.enums import (
    ENDED,
    HANDOVER_OPEN,
    REFERRAL_ENDED,
    UNASSIGNED,
    Actor,
    CaseState,
    ClosedReason,
    HandoverState,
    ReferralState,
    Service,
    TaskKind,
)
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile


class Case(models.Model):
    """One person, one counselor, one reason to talk; one open case for each person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    # Nobody while it waits for somebody to take it.
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.NEW)
    topic = SealedField()
    opened_at = models.DateTimeField(default=timezone.now)
    # Since when it lies with this counselor, and by when they say yes to it: somebody
    # else gave it to them. Empty once they did.
    assigned_at = models.DateTimeField(null=True, blank=True)
    accept_by = models.DateTimeField(null=True, blank=True)
    # Since when the person waits for the next thing from us; empty when they do not.
    waiting_since = models.DateTimeField(null=True, blank=True)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(
        max_length=16, choices=ClosedReason, blank=True, default=""
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["counselor", "state"], name="care_case_by_counselor"),
            models.Index(
                fields=["accept_by"],
                condition=Q(accept_by__isnull=False),
                name="care_case_to_accept",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=~Q(state__in=ENDED),
                name="care_case_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="care_case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=ENDED,
                    closed_at__isnull=False,
                    closed_reason__in=ClosedReason.values,
                )
                | (~Q(state__in=ENDED) & Q(closed_at__isnull=True, closed_reason="")),
                name="care_case_ended_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(counselor__isnull=False)
                | Q(state__in=UNASSIGNED | {CaseState.CLOSED}, accept_by__isnull=True),
                name="care_case_somebody_has_it",
            ),
            models.CheckConstraint(
                condition=Q(accept_by__isnull=True) | Q(state__in=UNASSIGNED),
                name="care_case_accepted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.opened_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED


class CaseStep(models.Model):
    """What became of a case, and by whom; a trigger refuses any change.

    Steps go only together with their case: hence no rule on deleting.
    """

    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="steps")
    event = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=CaseState)
    actor = models.CharField(max_length=10, choices=Actor)
    # Who took the step, and with whom the case lay afterwards.
    by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values, actor__in=Actor.values),
                name="care_case_step_known",
            ),
            models.CheckConstraint(
                condition=~Q(actor__in=(Actor.COUNSELOR, Actor.SUPERVISOR))
                | Q(by__isnull=False),
                name="care_case_step_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d}"


class Task(models.Model):
    """Something a counselor wants to do for a case by a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=TaskKind)
    text = SealedField()
    due = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("task of a case")
        verbose_name_plural = _("tasks of cases")
        indexes = [
            models.Index(
                fields=["case", "due"],
                condition=Q(done_at__isnull=True),
                name="care_task_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TaskKind.values), name="care_task_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("created_at")),
                name="care_task_done_after_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due}"

    @property
    def state(self) -> str:
        return "done" if self.done_at else "open"


class Referral(models.Model):
    """A way to somebody outside who helps better; the person says yes or no."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=12, choices=Service)
    # What for, in words that the person reads too.
    note = SealedField()
    state = models.CharField(
        max_length=10, choices=ReferralState, default=ReferralState.SUGGESTED
    )
    suggested_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    suggested_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "service"],
                condition=~Q(state__in=REFERRAL_ENDED),
                name="care_referral_once",
            ),
            models.CheckConstraint(
                condition=Q(service__in=Service.values, state__in=ReferralState.values),
                name="care_referral_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=REFERRAL_ENDED, ended_at__isnull=False)
                | (~Q(state__in=REFERRAL_ENDED) & Q(ended_at__isnull=True)),
                name="care_referral_over_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.state}"


class Handover(models.Model):
    """A case is to go to somebody else: the person decides, then the new counselor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    from_counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    to_counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    # The person reads it before they say yes.
    summary = SealedField()
    state = models.CharField(
        max_length=10, choices=HandoverState, default=HandoverState.ASKED
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=HANDOVER_OPEN),
                name="care_handover_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HandoverState.values),
                name="care_handover_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(from_counselor=F("to_counselor")),
                name="care_handover_to_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HANDOVER_OPEN, ended_at__isnull=True)
                | (~Q(state__in=HANDOVER_OPEN) & Q(ended_at__isnull=False)),
                name="care_handover_over_has_time",
            ),
            # Nobody takes over, and nobody is asked to, before the person said yes.
            models.CheckConstraint(
                condition=~Q(
                    state__in=(
                        HandoverState.AGREED,
                        HandoverState.ACCEPTED,
                        HandoverState.DECLINED,
                    )
                )
                | Q(answered_at__isnull=False),
                name="care_handover_needs_a_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at:%Y-%m-%d}"


class CounselorTie(models.Model):
    """An organisation that a counselor works for, or did within the last two years."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    # The organisation's public id; its row may go, the tie stays.
    organization_id = models.UUIDField()
    # The last day; empty while they still work there.
    left_on = models.DateField(null=True, blank=True)
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("counselor's tie to an organisation")
        verbose_name_plural = _("counselors' ties to organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["counselor", "organization_id"], name="care_tie_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counselor} {self.organization_id}"
