from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from jobs.postings.models import Posting
from jobs.screening.enums import SanctionKind, SanctionState
from jobs.screening.rules.trust import (
    APPEAL_PERIOD,
    NEEDS_SECOND,
    SECOND_LOOK_TIME,
)

STANDING = (SanctionState.PROPOSED, SanctionState.IN_FORCE)


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def standing(self) -> Self:
        """In force, or proposed and already felt."""
        return self.filter(state__in=STANDING)

    def closing(self, posting: Posting) -> Self:
        """What keeps this posting from being open."""
        whole = Q(posting__isnull=True, organization=posting.organization_id)
        if posting.organization_id is None:
            whole = Q(pk__in=[])
        return (
            self.standing()
            .exclude(kind=SanctionKind.WARNED)
            .filter(Q(posting=posting) | whole)
        )


class Sanction(models.Model):
    """A measure against an employer: of one posting, or of the whole organisation."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Null for a repost from a feed whose employer has no account here.
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=SanctionKind)
    # Rule ids and reason codes (Concern, Reason).
    basis = ArrayField(models.CharField(max_length=40), default=list)
    note = models.TextField()
    # What was published, and what was found in it, when the measure was taken.
    evidence = models.JSONField(default=dict)
    # Postings this measure closed, to be opened again when it ends.
    hidden = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # The organisation's check before it was suspended.
    verification_before = models.CharField(max_length=12, blank=True)
    imposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=SanctionState, default=SanctionState.PROPOSED
    )
    until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SanctionQuerySet] = SanctionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        indexes = [
            models.Index(fields=["organization", "state"], name="sanction_of_employer"),
            models.Index(
                fields=["posting"],
                condition=Q(state__in=["proposed", "in_force"]),
                name="sanction_of_posting",
            ),
            models.Index(
                fields=["until"],
                condition=Q(state="in_force", until__isnull=False),
                name="sanction_to_lapse",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SanctionKind.values),
                name="sanction_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SanctionState.values),
                name="sanction_state_known",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | Q(posting__isnull=False),
                name="sanction_has_a_target",
            ),
            models.CheckConstraint(
                condition=~Q(kind="removed") | Q(posting__isnull=False),
                name="sanction_removes_a_posting",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["suspended", "blocked"])
                | Q(organization__isnull=False),
                name="sanction_suspends_an_employer",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(imposed_by__isnull=True)
                | ~Q(confirmed_by=F("imposed_by")),
                name="sanction_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["removed", "suspended", "blocked"])
                | Q(state__in=["proposed", "dropped"])
                | Q(confirmed_by__isnull=False),
                name="sanction_grave_has_second",
            ),
            models.CheckConstraint(
                condition=~Q(note="") & ~Q(basis=[]),
                name="sanction_is_explained",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("at")),
                name="sanction_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"])
                | Q(in_force_at__isnull=False),
                name="sanction_in_force_has_date",
            ),
            models.UniqueConstraint(
                fields=["posting"],
                condition=Q(kind="removed", state__in=["proposed", "in_force"]),
                name="sanction_one_removal",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(
                    kind__in=["suspended", "blocked"],
                    state__in=["proposed", "in_force"],
                ),
                name="sanction_one_suspension",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def needs_second(self) -> bool:
        return self.kind in NEEDS_SECOND

    @property
    def due_at(self) -> datetime:
        """When the second person should have looked."""
        return self.at + SECOND_LOOK_TIME

    @property
    def appeal_until(self) -> datetime:
        return (self.in_force_at or self.at) + APPEAL_PERIOD


class SanctionTransition(models.Model):
    """One step of a measure. Append-only."""

    sanction = models.ForeignKey(
        Sanction, on_delete=models.PROTECT, related_name="transitions"
    )
    event = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_kind = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of a measure")
        verbose_name_plural = _("steps of measures")
        indexes = [models.Index(fields=["sanction", "at"], name="sanction_step_order")]

    def __str__(self) -> str:
        return f"{self.event}: {self.from_state} > {self.to_state}"
