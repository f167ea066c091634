from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.cohorts.models import Cohort
from jobs.postings.models import Posting

MOST_PLEDGED = 200


class CohortPledge(models.Model):
    """Places that an employer promises to a group; they never learn who is in it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pledge to a cohort")
        verbose_name_plural = _("pledges to cohorts")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "posting"],
                condition=Q(withdrawn_at__isnull=True),
                name="pledge_once",
            ),
            models.CheckConstraint(
                condition=Q(seats__range=(1, MOST_PLEDGED)),
                name="pledge_seats_in_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
