from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application
from jobs.talent.enums import ENDED_POOL, OPEN_POOL, PoolState

ENDED = sorted(ENDED_POOL)
# In which somebody once said yes.
SAID_YES = [PoolState.AGREED, PoolState.EXPIRED, PoolState.REVOKED]


class PoolEntry(models.Model):
    """An organisation asks an applicant: may we keep you in mind? Without a yes it is
    only a question; a no looks like silence."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.PROTECT, related_name="+"
    )
    # Where it was asked.
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=PoolState, default=PoolState.ASKED)
    asked_at = models.DateTimeField()
    # From then on the seeker sees it: what is asked at night arrives at 8:00.
    visible_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    # The seeker's second yes, not needed for the first.
    with_name = models.BooleanField(default=False)
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("place in the talent pool")
        verbose_name_plural = _("places in the talent pool")
        indexes = [
            models.Index(
                fields=["organization", "-answered_at"],
                condition=Q(state=PoolState.AGREED),
                name="pool_of_organization",
            ),
            models.Index(fields=["seeker", "-asked_at"], name="pool_of_seeker"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "seeker"],
                condition=Q(state__in=sorted(OPEN_POOL)),
                name="pool_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PoolState.values), name="pool_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=SAID_YES,
                    consent__isnull=False,
                    answered_at__isnull=False,
                    expires_at__isnull=False,
                )
                | (
                    ~Q(state__in=SAID_YES)
                    & Q(consent__isnull=True, expires_at__isnull=True, with_name=False)
                ),
                name="pool_needs_a_yes",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, state__in=ENDED)
                | (Q(ended_at__isnull=True) & ~Q(state__in=ENDED)),
                name="pool_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    visible_at__gte=F("asked_at"), answer_by__gt=F("visible_at")
                ),
                name="pool_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at:%Y-%m-%d}"

    @property
    def consent_scope(self) -> str:
        return f"pool:{self.public_id}"
