from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.consent.enums import (
    UNFINISHED_EXPORTS,
    DeletionState,
    ExportState,
    Purpose,
)


class Consent(models.Model):
    """One person's yes to one purpose, in one version of the words (PIPL 14, 23)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.CharField(max_length=30, choices=Purpose)
    version = models.CharField(max_length=20)
    # What exactly is shared with whom, e.g. "application:<uuid>"; empty = everywhere.
    scope = models.CharField(max_length=80, blank=True)
    granted_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "scope"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_active",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(withdrawn_at__gte=models.F("granted_at")),
                name="consent_withdrawn_after_granted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.scope}"

    @property
    def purpose_words(self) -> str:
        """Also for a purpose that no longer exists."""
        known = self.purpose in Purpose.values
        return str(Purpose(self.purpose).label) if known else self.purpose


class DataExport(models.Model):
    """A copy of everything held about somebody, made in the background by area."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=ExportState, default=ExportState.REQUESTED
    )
    language = models.CharField(max_length=10)
    # How many areas there are; done are those with a part.
    areas = models.PositiveSmallIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # The zip, encrypted; gone a week after it was made.
    sealed = models.BinaryField(null=True, blank=True)
    size = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("copy of somebody's data")
        verbose_name_plural = _("copies of people's data")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=UNFINISHED_EXPORTS),
                name="export_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="export_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ExportState.READY,
                    sealed__isnull=False,
                    ready_at__isnull=False,
                    expires_at__isnull=False,
                )
                | (~Q(state=ExportState.READY) & Q(sealed__isnull=True)),
                name="export_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.requested_at:%Y-%m-%d}"


class ExportPart(models.Model):
    """What one area had to say, kept until all have: a new worker goes on from here."""

    export = models.ForeignKey(
        DataExport, on_delete=models.CASCADE, related_name="parts"
    )
    area = models.CharField(max_length=60)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("part of a copy")
        verbose_name_plural = _("parts of copies")
        constraints = [
            models.UniqueConstraint(fields=["export", "area"], name="export_area_once"),
        ]

    def __str__(self) -> str:
        return self.area


class AccountDeletion(models.Model):
    """Somebody leaves; the row outlives the account and is its receipt.

    It names nobody: `user` is by then an empty number.
    """

    # Also the address of the receipt, which opens without signing in.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=DeletionState, default=DeletionState.WAITING
    )
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # What the law lets us keep, as code and number: [["consents", 3], …].
    kept = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("deletion of an account")
        verbose_name_plural = _("deletions of accounts")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state=DeletionState.WAITING),
                name="deletion_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=~Q(state=DeletionState.CANCELLED),
                name="deletion_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeletionState.values),
                name="deletion_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state=DeletionState.WAITING, ended_at__isnull=True)
                | (~Q(state=DeletionState.WAITING) & Q(ended_at__isnull=False)),
                name="deletion_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.due_at:%Y-%m-%d}"
