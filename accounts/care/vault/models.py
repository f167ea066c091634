from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.vault.enums import TO_A_COUNSELOR, Reader, Role, Scope
from accounts.care.vault.fields import SealedField
from accounts.counselors.models import CounselorProfile


class Subject(models.Model):
    """Somebody about whom something sealed is kept: a pseudonym and their key.

    No column leads to the account. Whoever knows the account finds the row by its keyed
    hash; whoever has the row finds the account only with the key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    print = models.CharField(max_length=64, unique=True)
    # The person's keys, newest first, sealed by the master keys; gone once shredded.
    ring = models.BinaryField(null=True)
    # The account's public id, under the person's own key.
    person = SealedField()
    created_at = models.DateTimeField(default=timezone.now)
    shredded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("person in care")
        verbose_name_plural = _("people in care")
        constraints = [
            models.CheckConstraint(
                condition=Q(ring__isnull=False, shredded_at__isnull=True)
                | Q(ring__isnull=True, shredded_at__isnull=False, person=""),
                name="care_subject_shredded_has_no_key",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)[:8]


class ConsentGrant(models.Model):
    """One yes, in the words that were shown; only its end is ever added (C4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=20, choices=Scope)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    locale = models.CharField(max_length=10)
    channel = models.CharField(max_length=10, default="web")
    # What belongs to the yes, such as a phone number and hours.
    detail = SealedField()
    granted_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("grant of care")
        verbose_name_plural = _("grants of care")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "scope", "counselor"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="care_grant_one_active",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=Scope.values), name="care_grant_scope_known"
            ),
            models.CheckConstraint(
                condition=Q(scope__in=TO_A_COUNSELOR, counselor__isnull=False)
                | (~Q(scope__in=TO_A_COUNSELOR) & Q(counselor__isnull=True)),
                name="care_grant_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("granted_at")), name="care_grant_runs_out"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True)
                | Q(revoked_at__gte=F("granted_at")),
                name="care_grant_revoked_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.granted_at:%Y-%m-%d}"


class AccessEvent(models.Model):
    """Somebody saw or changed something of a person; a chain that nobody can edit."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    reader = models.CharField(max_length=12, choices=Reader)
    # Whose look it was; empty for the person and for the site.
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # A code such as "case.note.read"; `access_words` says it in plain words.
    action = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)
    # A code or, for a forced look, the reason that was typed, under the person's key.
    reason = SealedField()
    ip_hash = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("look at somebody's care")
        verbose_name_plural = _("looks at somebody's care")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "number"], name="care_access_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reader__in=Reader.values), name="care_access_reader_known"
            ),
            models.CheckConstraint(
                condition=Q(reader__in=(Reader.SELF, Reader.SYSTEM))
                | Q(counselor__isnull=False),
                name="care_access_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"


class TeamRole(models.Model):
    """A counselor leads the others or keeps the calendars, until it is taken away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=12, choices=Role)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("role in the team")
        verbose_name_plural = _("roles in the team")
        constraints = [
            models.UniqueConstraint(
                fields=["counselor", "role"],
                condition=Q(ended_at__isnull=True),
                name="care_role_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="care_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counselor} {self.role}"
