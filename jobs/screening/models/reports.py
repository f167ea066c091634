from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from accounts.lib.crypto import EncryptedTextField
from jobs.postings.models import Posting
from jobs.screening.enums import Concern, ReportState, Urgency
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.receipts import new_receipt

UNDECIDED = (
    ReportState.OPEN,
    ReportState.TRIAGED,
    ReportState.EVIDENCE_REQUESTED,
    ReportState.PROPOSED,
)


class Report(models.Model):
    """Somebody says that a posting or an employer breaks the rules.

    Who it was is stored only to tell them the outcome, and is shown to nobody.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receipt = models.CharField(max_length=11, unique=True, default=new_receipt)
    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, null=True, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    category = models.CharField(max_length=20, choices=Concern)
    text = EncryptedTextField(blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Kept when the person is gone: a job seeker, or a visitor.
    reporter_kind = models.CharField(max_length=12, blank=True)
    state = models.CharField(
        max_length=20, choices=ReportState, default=ReportState.OPEN
    )
    urgency = models.CharField(max_length=2, choices=Urgency)
    due_at = models.DateTimeField()
    # The posting's words when it was reported, before anybody could change them.
    snapshot = models.JSONField(default=dict)
    # What the employer was asked and answered; nothing here names the report's words.
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    # The decision, which outlives the state `closed`.
    outcome = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    sanction = models.ForeignKey(
        Sanction, on_delete=models.PROTECT, null=True, related_name="reports"
    )
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(
                fields=["urgency", "due_at"],
                condition=Q(state__in=["open", "triaged", "evidence_requested"]),
                name="report_queue",
            ),
            models.Index(fields=["posting"], name="report_of_posting"),
            models.Index(fields=["organization"], name="report_of_employer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(posting__isnull=False, organization__isnull=True)
                | Q(posting__isnull=True, organization__isnull=False),
                name="report_has_one_target",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReportState.values), name="report_state_known"
            ),
            models.CheckConstraint(
                condition=Q(category__in=Concern.values), name="report_category_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["open", "triaged", "evidence_requested", "proposed"]
                )
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="report_decided_has_outcome",
            ),
            models.UniqueConstraint(
                fields=["reporter", "posting"],
                condition=Q(
                    state__in=["open", "triaged", "evidence_requested", "proposed"]
                ),
                name="report_posting_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["reporter", "organization"],
                condition=Q(
                    state__in=["open", "triaged", "evidence_requested", "proposed"]
                ),
                name="report_employer_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.state}"

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED

    @property
    def employer(self) -> Organization | None:
        """The organisation the report is about, also through its posting."""
        return self.posting.organization if self.posting else self.organization


class ReportTransition(models.Model):
    """One step of a report. Append-only; a reporter's step names nobody."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="transitions"
    )
    event = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_kind = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")

    def __str__(self) -> str:
        return f"{self.event}: {self.from_state} > {self.to_state}"
