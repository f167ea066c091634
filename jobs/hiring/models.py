from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from jobs.applications.enums import DeclineReason
from jobs.applications.models import Application
from jobs.hiring.enums import BatchAction, BatchOutcome, ExportFormat, ExportReason


class Batch(models.Model):
    """One step for many applications, sent once: its id comes with the form."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=12, choices=BatchAction)
    # Of a decline; words of the employer's own stand with each application only.
    reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("step for many")
        verbose_name_plural = _("steps for many")
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=BatchAction.values), name="batch_action_known"
            ),
            models.CheckConstraint(
                condition=(Q(action=BatchAction.DECLINE) & ~Q(reason=""))
                | (~Q(action=BatchAction.DECLINE) & Q(reason="")),
                name="batch_decline_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"


class BatchRow(models.Model):
    """What became of one of them; written in the transaction of its step."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=BatchOutcome)

    class Meta:
        verbose_name = _("application of a step for many")
        verbose_name_plural = _("applications of a step for many")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "application"], name="batch_takes_each_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=BatchOutcome.values),
                name="batch_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class ExportRecord(models.Model):
    """A list that left the site as a file: who, when, why, how many people."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    format = models.CharField(max_length=4, choices=ExportFormat)
    reason = models.CharField(max_length=12, choices=ExportReason)
    note = models.CharField(max_length=200, blank=True)
    applications = models.PositiveIntegerField()
    # Whose data stood in it: of those who had left it says only that they had.
    people = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("file of applications")
        verbose_name_plural = _("files of applications")
        indexes = [
            models.Index(fields=["organization", "-at"], name="export_of_organization")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(format__in=ExportFormat.values), name="export_format_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ExportReason.values), name="export_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.at:%Y-%m-%d}"
