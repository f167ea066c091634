from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.applications.enums import DebtContact, Promised, Side, StillThere
from jobs.applications.models.applications import Application
from jobs.applications.rules.retention import DAYS


class RetentionCheck(models.Model):
    """How it is going 7, 30 and 90 days after the first day, asked of one side.

    Neither side ever sees what the other said.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="check_ins"
    )
    day = models.PositiveSmallIntegerField()
    respondent = models.CharField(max_length=8, choices=Side)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=4, choices=StillThere, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Only the seeker is asked these.
    promised = models.CharField(max_length=8, choices=Promised, blank=True)
    debt_contact = models.CharField(max_length=8, choices=DebtContact, blank=True)
    wants_help = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "day", "respondent"], name="check_in_once"
            ),
            models.CheckConstraint(
                condition=Q(day__in=DAYS), name="check_in_day_known"
            ),
            models.CheckConstraint(
                condition=Q(respondent__in=Side.values), name="check_in_side_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (Q(answer__in=StillThere.values) & Q(answered_at__isnull=False)),
                name="check_in_answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(respondent=Side.SEEKER) & ~Q(answer=""))
                | Q(promised="", debt_contact="", wants_help=False),
                name="check_in_details_of_a_seeker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.day} {self.respondent}"
