from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.enums import (
    BlockedKind,
    GroupState,
    MemberRole,
    OrganizationKind,
    VerificationState,
)
from accounts.employers.rules.covenant import is_accepted, may_publish
from accounts.employers.rules.verification import may_renew


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def verified(self, *, now: datetime) -> OrganizationQuerySet:
        """Checked, and the check has not run out; what postings need to be live."""
        return self.filter(
            verification=VerificationState.VERIFIED, verification_expires_at__gt=now
        )


class Organization(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=10, choices=OrganizationKind, default=OrganizationKind.EMPLOYER
    )
    # Unified social credit code (GB 32100-2015), 18 characters.
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    legal_name = models.CharField(_("name on the licence"), max_length=120)
    display_name = models.CharField(_("short name"), max_length=60)
    # As on the licence; with the telephone it makes a second try under a new code seen.
    legal_representative = models.CharField(
        _("legal representative"), max_length=60, blank=True
    )
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    # Permits that agencies and dispatch companies must name (HRMR 18, LCL 57).
    hr_licence_no = models.CharField(
        _("human-resources service licence number"), max_length=40, blank=True
    )
    dispatch_licence_no = models.CharField(
        _("labour dispatch licence number"), max_length=40, blank=True
    )
    city_code = models.CharField(max_length=6, blank=True)
    district = models.CharField(max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    size = models.CharField(max_length=20, blank=True)
    industry = models.CharField(max_length=60, blank=True)
    about = models.TextField(_("about"), blank=True)
    verification = models.CharField(
        max_length=12, choices=VerificationState, default=VerificationState.UNVERIFIED
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verification_expires_at = models.DateTimeField(null=True, blank=True)
    verification_note = models.TextField(blank=True)
    # Kinds of document the last check rests on, as job seekers are told.
    verified_documents = ArrayField(
        models.CharField(max_length=30), default=list, blank=True
    )
    # The promise to answer every application: which wording, when, by whom.
    covenant_version = models.CharField(max_length=12, blank=True)
    covenant_accepted_at = models.DateTimeField(null=True, blank=True)
    covenant_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[OrganizationQuerySet] = OrganizationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(verification__in=VerificationState.values),
                name="organization_verification_known",
            ),
            # Verified means: by a date, and until a date (at most six months, N60).
            models.CheckConstraint(
                condition=~Q(verification=VerificationState.VERIFIED)
                | Q(verified_at__isnull=False, verification_expires_at__isnull=False),
                name="organization_verified_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(covenant_version="", covenant_accepted_at__isnull=True)
                | (~Q(covenant_version="") & Q(covenant_accepted_at__isnull=False)),
                name="organization_covenant_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def is_verified(self, *, now: datetime) -> bool:
        ends = self.verification_expires_at
        verified = self.verification == VerificationState.VERIFIED
        return verified and ends is not None and ends > now

    def is_expiring(self, *, now: datetime) -> bool:
        """Checked, but only for the last month: time to ask for the next check."""
        ends = self.verification_expires_at
        return self.is_verified(now=now) and may_renew(expires_at=ends, now=now)

    @property
    def has_promised(self) -> bool:
        """To answer every application, in the words that stand today."""
        return is_accepted(self.covenant_version)

    @property
    def waits_for_check(self) -> bool:
        """Sent in, or checked before and sent in again."""
        if self.verification == VerificationState.VERIFIED:
            asked, done = self.submitted_at, self.verified_at
            return asked is not None and done is not None and asked > done
        return self.verification == VerificationState.SUBMITTED


class ResponseRecord(models.Model):
    """How an organisation answered in the last half year; written by a task."""

    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="response_record"
    )
    # Applications whose wait is over, and how many had an answer in time.
    waits = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    # From sending to the first answer, the one in the middle, in hours.
    median_hours = models.PositiveIntegerField(null=True, blank=True)
    # Of the last year: who was hired here, how many said after 90 days how it is, and
    # the share still there, in tens of a hundred.
    hires = models.PositiveIntegerField(default=0)
    stay_answers = models.PositiveIntegerField(default=0)
    stay_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("record of answers")
        verbose_name_plural = _("records of answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered__lte=F("waits")),
                name="response_answered_of_waits",
            ),
            models.CheckConstraint(
                condition=Q(answered=0) | Q(median_hours__isnull=False),
                name="response_answered_has_median",
            ),
            # One answer of four would be somebody's own.
            models.CheckConstraint(
                condition=Q(stay_percent__isnull=True)
                | Q(stay_answers__gte=5, stay_percent__range=(10, 90)),
                name="response_stay_of_enough",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answered}/{self.waits}"

    @property
    def is_published(self) -> bool:
        return may_publish(self.waits)


class Branch(models.Model):
    """A place of work of an organisation that has no code of its own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="branches"
    )
    name = models.CharField(_("name"), max_length=60)
    city_code = models.CharField(max_length=6)
    district = models.CharField(max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(closed_at__isnull=True),
                name="branch_named_once",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(city_code=""), name="branch_is_somewhere"
            ),
            # What a posting refers to, so that no posting names another's place.
            models.UniqueConstraint(
                fields=["id", "organization"], name="branch_of_its_organization"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupLink(models.Model):
    """One organisation says another belongs to its group; it counts once both do."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposer = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="+"
    )
    partner = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(
        max_length=12, choices=GroupState, default=GroupState.PROPOSED
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("group link")
        verbose_name_plural = _("group links")
        constraints = [
            # Whoever asks first: the other one answers instead of asking too.
            models.UniqueConstraint(
                Least("proposer", "partner"),
                Greatest("proposer", "partner"),
                condition=Q(state__in=[GroupState.PROPOSED, GroupState.CONFIRMED]),
                name="group_link_once",
            ),
            models.CheckConstraint(
                condition=~Q(proposer=F("partner")), name="group_link_of_two"
            ),
            models.CheckConstraint(
                condition=~Q(state=GroupState.CONFIRMED)
                | Q(confirmed_at__isnull=False, ended_at__isnull=True),
                name="group_link_confirmed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[GroupState.PROPOSED, GroupState.CONFIRMED])
                | Q(ended_at__isnull=False),
                name="group_link_over_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposer_id} {self.partner_id} {self.state}"


class Membership(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(
        max_length=10, choices=MemberRole, default=MemberRole.RECRUITER
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"], name="member_once"
            ),
            # One account works for one organisation at a time.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_active=True),
                name="member_of_one_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    role = models.CharField(
        max_length=10, choices=MemberRole, default=MemberRole.RECRUITER
    )
    # Only the hash: the link itself is in the message and nowhere else.
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.role}"


class BlockedEntityQuerySet(models.QuerySet["BlockedEntity"]):
    def active(self, *, now: datetime) -> BlockedEntityQuerySet:
        """Neither lifted nor run out."""
        lasts = Q(until__isnull=True) | Q(until__gt=now)
        return self.filter(lasts, lifted_at__isnull=True)


class BlockedEntity(models.Model):
    """Who may not come back under a new account (the notice's list against it).

    Only fingerprints are kept, so that the list names nobody.
    """

    kind = models.CharField(max_length=20, choices=BlockedKind)
    digest = models.CharField(max_length=64)
    # The decision in words, and the rules it rests on.
    basis = models.TextField(_("basis"))
    codes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.SET_NULL, related_name="blocks"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lift_reason = models.TextField(blank=True)

    objects: ClassVar[BlockedEntityQuerySet] = BlockedEntityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("blocked entity")
        verbose_name_plural = _("blocked entities")
        indexes = [
            models.Index(
                fields=["digest"],
                condition=Q(lifted_at__isnull=True),
                name="blocked_entity_digest",
            )
        ]
        constraints = [
            # A telephone that two organisations shared stays blocked for the second
            # when the first is let in again: hence the organisation in the key.
            models.UniqueConstraint(
                fields=["kind", "digest", "organization"],
                condition=Q(lifted_at__isnull=True),
                name="blocked_entity_once",
            ),
            models.CheckConstraint(
                condition=~Q(basis=""), name="blocked_entity_has_basis"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="blocked_entity_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"
