from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.insights.enums import Seen, Source
from jobs.postings.models import Posting


class PostingDay(models.Model):
    """How often a posting was shown, opened or put aside on one day; sums, no people."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    # The calendar day in Shanghai.
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Seen)
    source = models.CharField(max_length=12, choices=Source)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("day of a posting")
        verbose_name_plural = _("days of postings")
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "day", "source", "kind"], name="posting_day_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Seen.values), name="posting_day_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="posting_day_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.source}: {self.count}"


class PostingReach(models.Model):
    """How many people a posting suits and what would bring more, as of one day.

    Only numbers that may be shown are kept: tens, and none below ten.
    """

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    suited = models.PositiveIntegerField(default=0)
    # By change, how many more; only those that bring ten or more.
    more = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("reach of a posting")
        verbose_name_plural = _("reaches of postings")
        constraints = [
            models.CheckConstraint(
                condition=Q(suited=0) | Q(suited__gte=10), name="reach_no_small_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.suited}"
