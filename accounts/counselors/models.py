from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.counselors.enums import Scope
from accounts.employers.enums import VerificationState
from accounts.employers.rules.verification import may_renew


class CounselorQuerySet(models.QuerySet["CounselorProfile"]):
    def verified(self, *, now: datetime) -> CounselorQuerySet:
        """Credential checked, and the check has not run out."""
        return self.filter(
            verification=VerificationState.VERIFIED, verification_expires_at__gt=now
        )

    def at_work(self, *, now: datetime) -> CounselorQuerySet:
        """Checked, with an account that nobody has asked to end."""
        there = self.verified(now=now)
        return there.filter(user__is_active=True, user__leaving_at__isnull=True)


class CounselorProfile(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name shown to seekers"), max_length=40)
    scope = models.CharField(max_length=20, choices=Scope)
    credential = models.CharField(_("credential"), max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    about = models.TextField(_("about"), blank=True)
    is_listed = models.BooleanField(_("shown in the list"), default=False)
    verification = models.CharField(
        max_length=12, choices=VerificationState, default=VerificationState.UNVERIFIED
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verification_expires_at = models.DateTimeField(null=True, blank=True)
    verification_note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CounselorQuerySet] = CounselorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("counselor")
        verbose_name_plural = _("counselors")
        constraints = [
            models.CheckConstraint(
                condition=Q(verification__in=VerificationState.values),
                name="counselor_verification_known",
            ),
            models.CheckConstraint(
                condition=~Q(verification=VerificationState.VERIFIED)
                | Q(verified_at__isnull=False, verification_expires_at__isnull=False),
                name="counselor_verified_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_verified(self, *, now: datetime) -> bool:
        ends = self.verification_expires_at
        verified = self.verification == VerificationState.VERIFIED
        return verified and ends is not None and ends > now

    def is_expiring(self, *, now: datetime) -> bool:
        ends = self.verification_expires_at
        return self.is_verified(now=now) and may_renew(expires_at=ends, now=now)

    @property
    def waits_for_check(self) -> bool:
        """Sent in, or checked before and sent in again."""
        if self.verification == VerificationState.VERIFIED:
            asked, done = self.submitted_at, self.verified_at
            return asked is not None and done is not None and asked > done
        return self.verification == VerificationState.SUBMITTED
