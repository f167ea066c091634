from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.reports.enums import Audience, Unit


class FrozenTable(models.Model):
    """A table of figures as it was published: made once for a quarter, never again.

    Only what may be shown is in it. What was hidden is nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The quarter's first day.
    quarter = models.DateField()
    audience = models.CharField(max_length=10, choices=Audience)
    code = models.CharField(max_length=40)
    unit = models.CharField(max_length=6, choices=Unit)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    # With totals as last row and column; null where nothing is shown.
    cells = models.JSONField(default=list)
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("frozen table of care")
        verbose_name_plural = _("frozen tables of care")
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "audience", "code"], name="care_table_once"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values),
                name="care_table_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values), name="care_table_unit_known"
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.OPERATOR) | Q(unit=Unit.SHARE),
                name="care_table_operator_sees_shares",
            ),
            models.CheckConstraint(
                condition=Q(quarter__month__in=(1, 4, 7, 10), quarter__day=1),
                name="care_table_begins_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.quarter:%Y-%m}"
