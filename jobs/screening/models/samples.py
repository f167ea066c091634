from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import Posting
from jobs.screening.enums import SampleResult


class SampleAudit(models.Model):
    """A live posting drawn by lot in one month, to be read again by a person."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    # The first day of the month it was drawn for.
    month = models.DateField()
    drawn_at = models.DateTimeField(default=timezone.now)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    result = models.CharField(max_length=8, choices=SampleResult, blank=True)
    # Codes of the questions that were gone through.
    checked = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    note = models.TextField(blank=True)
    # What somebody who got the job says about it: no names, no numbers.
    callback_note = models.TextField(blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "month"], name="sample_posting_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(result="", reviewer__isnull=True, at__isnull=True)
                | (~Q(result="") & Q(reviewer__isnull=False, at__isnull=False)),
                name="sample_result_has_a_reader",
            ),
            models.CheckConstraint(
                condition=~Q(result=SampleResult.PROBLEM) | ~Q(note=""),
                name="sample_problem_is_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.posting_id}"
