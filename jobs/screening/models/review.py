from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import Posting
from jobs.screening.enums import Verdict


class ReviewDecision(models.Model):
    """A moderator's word on a posting, with its reasons. Append-only."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(max_length=16, choices=Verdict)
    # Rule ids the decision rests on.
    rules = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    note = models.TextField(blank=True)
    posting_version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review decision")
        verbose_name_plural = _("review decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.APPROVE) | ~Q(note=""),
                name="review_refusal_is_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.posting_id}"
