from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransparencyCount(models.Model):
    """One figure of one month, as counted; what is shown of it is decided later."""

    # The first day of the month.
    month = models.DateField()
    measure = models.CharField(max_length=24)
    # Only for what is counted by rule.
    rule = models.CharField(max_length=40, blank=True)
    value = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("open figure")
        verbose_name_plural = _("open figures")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "measure", "rule"], name="figure_counted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.measure} {self.rule}: {self.value}"
