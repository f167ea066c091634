from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.cases.enums import ENDED, CaseState, ClosedReason
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
            models.Index(fields=["counselor", "state"], name="care_case_by_counselor")
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
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.opened_at:%Y-%m-%d}"
