from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.seekers.enums import CallWish
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import (
    ENDED_STATES,
    ApplicationState,
    CallOutcome,
    CallRefusal,
    CheckAnswer,
    ContactChannel,
    DeclineReason,
    InterviewBy,
    SenderKind,
    Side,
)
from jobs.applications.rules.timeline import answer_due
from jobs.postings.enums import Screening, ScreeningStage
from jobs.postings.models import Posting

ENDED = sorted(ENDED_STATES)
# In which a check that the posting declared may be asked for at all.
CHECK_STATES = [ApplicationState.INTERVIEW, ApplicationState.OFFERED]


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
    # The yes that came after leaving was undone; the first one stays as it was given.
    renewed_consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # Where a counselor prepared it, they; a trigger then demands the person's own yes.
    sender_kind = models.CharField(
        max_length=12, choices=SenderKind, default=SenderKind.SEEKER
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # What the employer was sent, as it was then; a trigger refuses any change.
    snapshot = models.JSONField()
    message = models.TextField(blank=True)
    # What the posting said about checks when the seeker applied; the same trigger.
    declared_check = models.CharField(
        max_length=16, choices=Screening, default=Screening.NONE
    )
    declared_stage = models.CharField(
        max_length=12, choices=ScreeningStage, blank=True, default=""
    )
    declared_reason = models.CharField(max_length=200, blank=True, default="")
    # The seeker's to change at any time.
    calls = models.CharField(max_length=8, choices=CallWish, default=CallWish.ANY)
    state = models.CharField(
        max_length=12, choices=ApplicationState, default=ApplicationState.SUBMITTED
    )
    # Raised by every step: the loser of two simultaneous steps is told.
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(default=timezone.now)
    viewed_at = models.DateTimeField(null=True, blank=True)
    employer_warned_at = models.DateTimeField(null=True, blank=True)
    interview_at = models.DateTimeField(null=True, blank=True)
    interview_by = models.CharField(
        max_length=12, choices=InterviewBy, blank=True, default=""
    )
    interview_place = models.CharField(max_length=200, blank=True)
    # Of the offer that stands (models.offers): base pay and first day, for lists.
    offer_pay = models.PositiveIntegerField(null=True, blank=True)
    offer_start = models.DateField(null=True, blank=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    # A code of the map of work, where a skill was what was missing.
    decline_skill = models.CharField(max_length=40, blank=True, default="")
    # After another offer was accepted the seeker said: this one stays.
    kept_at = models.DateTimeField(null=True, blank=True)
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
                condition=Q(offer_pay__isnull=True, offer_start__isnull=True)
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
                condition=Q(decline_skill="")
                | Q(
                    state=ApplicationState.DECLINED, decline_reason=DeclineReason.SKILL
                ),
                name="application_skill_of_a_decline",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.INTERVIEW)
                | Q(interview_at__isnull=False),
                name="application_interview_has_time",
            ),
            models.CheckConstraint(
                condition=Q(calls__in=CallWish.values), name="application_calls_known"
            ),
            models.CheckConstraint(
                condition=Q(sender_kind=SenderKind.SEEKER, prepared_by__isnull=True)
                | Q(sender_kind=SenderKind.COUNSELOR, prepared_by__isnull=False),
                name="application_sender_coherent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def consent_scope(self) -> str:
        return f"application:{self.public_id}"

    @property
    def is_shared(self) -> bool:
        """Whether the employer may still read what was sent.

        Not once it was withdrawn, the yes to it was taken back, or it was erased.
        """
        if self.state == ApplicationState.WITHDRAWN or not self.snapshot:
            return False
        return (self.renewed_consent or self.consent).withdrawn_at is None

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


class ContactAttempt(models.Model):
    """One look at the applicant's number, or one that was refused.

    Only the outcome is written later, once; a trigger refuses anything else. Another
    one refuses a look at night or under a wrong day.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="attempts"
    )
    # Both again, so that the database itself can count across applications.
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(
        max_length=8, choices=ContactChannel, default=ContactChannel.PHONE
    )
    at = models.DateTimeField()
    # The calendar day in Shanghai, and which of the day's three it was.
    day = models.DateField()
    number = models.PositiveSmallIntegerField(null=True)
    refusal = models.CharField(max_length=12, choices=CallRefusal, blank=True)
    outcome = models.CharField(max_length=16, choices=CallOutcome, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        indexes = [
            models.Index(fields=["application", "at"], name="attempt_order"),
            models.Index(fields=["organization", "-at"], name="attempt_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=False, refusal="")
                | (Q(number__isnull=True) & ~Q(refusal="")),
                name="attempt_is_counted_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__range=(1, 3)),
                name="attempt_at_most_three",
            ),
            models.UniqueConstraint(
                fields=["organization", "seeker", "day", "number"],
                condition=Q(number__isnull=False),
                name="attempt_number_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at__isnull=True)
                | (~Q(outcome="") & Q(outcome_at__isnull=False, number__isnull=False)),
                name="attempt_outcome_of_a_call",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.number or self.refusal}"


class ContactStop(models.Model):
    """A seeker's no to one organisation: to calls for good, to messages until the
    seeker writes again. Nothing else of the row ever changes."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.PROTECT, related_name="+"
    )
    # Where it was said.
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="+"
    )
    channel = models.CharField(max_length=8, choices=ContactChannel)
    # The seeker on the page, or the employer after a call.
    said_by = models.CharField(max_length=8, choices=Side)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("contact stop")
        verbose_name_plural = _("contact stops")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "seeker", "channel"],
                condition=Q(lifted_at__isnull=True),
                name="stop_once",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(channel=ContactChannel.MESSAGE),
                name="stop_of_calls_is_for_good",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%Y-%m-%d}"


class Message(models.Model):
    """A line between the two sides. Only the reading is written later, once."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="messages"
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    side = models.CharField(max_length=8, choices=Side)
    body = models.CharField(max_length=1000)
    sent_at = models.DateTimeField()
    # From then on the other side sees it: at night an employer's words wait for 8:00.
    visible_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["application", "sent_at"], name="message_order"),
            models.Index(
                fields=["application", "side"],
                condition=Q(read_at__isnull=True),
                name="message_unread",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="message_side_known"
            ),
            models.CheckConstraint(
                condition=~Q(body=""), name="message_says_something"
            ),
            models.CheckConstraint(
                condition=Q(visible_at__gte=F("sent_at")),
                name="message_seen_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.sent_at:%Y-%m-%d %H:%M}"


class CheckRequest(models.Model):
    """The employer asks for the check that the posting declared; a trigger refuses any
    other kind and any earlier stage. Only the answer is written later, once."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="checks"
    )
    kind = models.CharField(max_length=16, choices=Screening)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_in_state = models.CharField(max_length=12, choices=ApplicationState)
    answer = models.CharField(max_length=8, choices=CheckAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check request")
        verbose_name_plural = _("check requests")
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="check_once"),
            models.CheckConstraint(
                condition=Q(asked_in_state__in=CHECK_STATES),
                name="check_not_before_the_interview",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Screening.NONE), name="check_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="check_answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.answer}"
