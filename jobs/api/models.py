from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from accounts.lib.crypto import EncryptedTextField
from jobs.api.enums import Pace, Scope
from jobs.api.rules.keys import LONGEST, MOST_KEYS, shown_prefix


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def standing(self, *, now: datetime) -> ApiKeyQuerySet:
        """Neither ended nor run out; whether its maker still may is asked elsewhere."""
        stops = Q(stops_at__isnull=True) | Q(stops_at__gt=now)
        return self.filter(stops, revoked_at__isnull=True, expires_at__gt=now)


class ApiKey(models.Model):
    """A program's way in, for one organisation. The key itself is kept nowhere.

    It acts in the name of whoever made it, and rests once they are no administrator.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=40)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    prefix = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64)
    # One of ten places of the organisation; given back when it ends or is replaced.
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # Set when another key took its place: it works until then.
    stops_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "slot"],
                condition=Q(slot__isnull=False),
                name="api_key_slot_once",
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True) | Q(slot__range=(1, MOST_KEYS)),
                name="api_key_at_most_ten",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + LONGEST),
                name="api_key_runs_out_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values) & Q(scopes__len__gt=0),
                name="api_key_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(("secret_hash__regex", r"^[0-9a-f]{64}$")),
                name="api_key_is_hashed",
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True)
                | Q(revoked_at__isnull=True, stops_at__isnull=True),
                name="api_key_ended_has_no_slot",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown(self) -> str:
        return shown_prefix(self.prefix)

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]


class StoredAnswer(models.Model):
    """What a request with an Idempotency-Key was answered; kept for a day."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="answers")
    name = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = EncryptedTextField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [
            models.UniqueConstraint(fields=["key", "name"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.name[:8]}"


class RateWindow(models.Model):
    """How often a key asked in the minute that it asked last; one row a key and pace."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    pace = models.CharField(max_length=5, choices=Pace)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of requests")
        verbose_name_plural = _("counts of requests")
        constraints = [
            models.UniqueConstraint(fields=["key", "pace"], name="rate_window_once"),
            models.CheckConstraint(
                condition=Q(pace__in=Pace.values), name="rate_pace_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pace} {self.used}"
