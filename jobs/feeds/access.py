from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.identity.models import User
from jobs.feeds.models import BulkRow, BulkRun, FeedSource
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.screening.enums import SanctionKind
from jobs.screening.models.sanctions import Sanction


def postings_to_pass_on(*, now: datetime) -> QuerySet[Posting]:
    """What other sites may show: open by state and by day, its employer checked today,
    and under no measure, however late the tasks are that would have closed it."""
    measures = Sanction.objects.standing().exclude(kind=SanctionKind.WARNED)
    whole = measures.filter(organization=OuterRef("organization"), posting__isnull=True)
    checked = Q(
        organization__verification=VerificationState.VERIFIED,
        organization__verification_expires_at__gt=now,
    )
    return (
        Posting.objects.open(now=now)
        .filter(Q(organization__isnull=True) | checked)
        .exclude(Exists(measures.filter(posting=OuterRef("pk"))))
        .exclude(Exists(whole))
        .select_related("organization")
    )


def organization_with_feed(public_id: UUID, *, now: datetime) -> Organization:
    """404 for one that is not checked, byte for byte as for none."""
    return get_object_or_404(
        Organization.objects.verified(now=now), public_id=public_id
    )


def runs_of(user: User) -> QuerySet[BulkRun]:
    """Files of the person's organisation, newest first, with what came of them."""
    rows = BulkRun.objects.filter(
        organization__memberships__user=user,
        organization__memberships__is_active=True,
    )
    return rows.select_related("source", "organization").order_by("-created_at", "-pk")


def run_of(user: User, public_id: UUID) -> BulkRun:
    """404 for everyone outside the organisation."""
    return get_object_or_404(runs_of(user), public_id=public_id)


def row_of(user: User, public_id: UUID, number: int) -> BulkRow:
    rows = BulkRow.objects.filter(run=run_of(user, public_id))
    found = rows.select_related("run__organization", "posting__organization")
    return get_object_or_404(found, number=number)


def sendable_rows(run: BulkRun) -> QuerySet[BulkRow]:
    """Drafts of this file that nothing keeps from being sent in."""
    return (
        BulkRow.objects.filter(
            run=run,
            to_change=0,
            posting__state__in=[PostingState.DRAFT, PostingState.CHANGES_REQUESTED],
        )
        .select_related("posting__organization")
        .order_by("number")
    )


def sources_of(user: User) -> QuerySet[FeedSource]:
    rows = FeedSource.objects.filter(
        organization__memberships__user=user,
        organization__memberships__is_active=True,
    )
    return rows.select_related("organization").order_by("-created_at", "-pk")


def source_of(user: User, public_id: UUID) -> FeedSource:
    return get_object_or_404(sources_of(user), public_id=public_id)
