from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import ENDED_STATES, ApplicationState, DeclineReason
from jobs.applications.rules.timeline import answer_due
from jobs.postings.models import Posting

ENDED = sorted(ENDED_STATES)


class Application(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # PROTECT: an application is a record two sides rely on; erasure goes by the registry.
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.PROTECT, related_name="+"
    )
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    # What the employer was sent, as it was then; a trigger refuses any change.
    snapshot = models.JSONField()
    message = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=ApplicationState, default=ApplicationState.SUBMITTED
    )
    # Raised by every step: the loser of two simultaneous steps is told.
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(default=timezone.now)
    viewed_at = models.DateTimeField(null=True, blank=True)
    employer_warned_at = models.DateTimeField(null=True, blank=True)
    interview_at = models.DateTimeField(null=True, blank=True)
    interview_place = models.CharField(max_length=200, blank=True)
    offer_pay = models.PositiveIntegerField(null=True, blank=True)
    offer_start = models.DateField(null=True, blank=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    message_to_seeker = models.TextField(blank=True)
    processed_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index(
                fields=["organization", "state", "-submitted_at"], name="inbox"
            ),
            models.Index(
                fields=["seeker", "-submitted_at"], name="application_of_seeker"
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(state__in=["submitted", "viewed"]),
                name="application_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values),
                name="application_state_known",
            ),
            models.UniqueConstraint(
                fields=["seeker", "posting"],
                condition=~Q(state__in=ENDED),
                name="application_one_active",
            ),
            models.CheckConstraint(
                condition=Q(processed_at__isnull=False, state__in=ENDED)
                | (Q(processed_at__isnull=True) & ~Q(state__in=ENDED)),
                name="application_processed_when_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.DECLINED) | ~Q(decline_reason=""),
                name="application_declined_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(offer_pay__isnull=True)
                | Q(
                    state__in=[
                        ApplicationState.OFFERED,
                        ApplicationState.HIRED,
                        ApplicationState.RETRACTED,
                        ApplicationState.WITHDRAWN,
                        ApplicationState.DECLINED,
                    ]
                ),
                name="application_offer_only_when_offered",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.INTERVIEW)
                | Q(interview_at__isnull=False),
                name="application_interview_has_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def consent_scope(self) -> str:
        return f"application:{self.public_id}"

    @property
    def is_shared(self) -> bool:
        """Whether the employer may still read what was sent."""
        return self.state != ApplicationState.WITHDRAWN

    @property
    def applicant_name(self) -> str:
        """As the employer sees it."""
        return str(self.snapshot["name"]) if self.is_shared else gettext("Withdrawn")

    @property
    def answer_due(self) -> datetime:
        return answer_due(self.submitted_at)


class ApplicationTransition(models.Model):
    """One step of an application. Append-only: a trigger refuses anything else."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="transitions"
    )
    event = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_kind = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    # What the step set, as it was then: time and place, pay and first day.
    detail = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("application step")
        verbose_name_plural = _("application steps")
        indexes = [
            models.Index(fields=["application", "at"], name="application_step_order")
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.from_state} > {self.to_state}"
