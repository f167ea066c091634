from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import Posting
from jobs.screening.enums import Severity


class Finding(models.Model):
    """One rule raised by one passage of a posting; replaced by each new screening."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    # The posting's field the passage stands in; offsets count characters within it.
    field = models.CharField(max_length=30, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    catalogue_version = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes = [
            models.Index(fields=["posting", "severity"], name="finding_of_posting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__lt=F("end")),
                name="finding_offsets_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.excerpt[:20]}"
