from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.cohorts.models import CohortMember
from accounts.cohorts.registry import Offer
from accounts.employers.access import organization_for
from accounts.identity.models import User
from jobs.applications.models import CohortPledge
from jobs.applications.services.submissions import SubmissionRefused, check_can_apply
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting


def pledges_of(user: User) -> QuerySet[CohortPledge]:
    """Of the person's own organisation, or 404."""
    organization = organization_for(user)
    found = CohortPledge.objects.filter(
        posting__organization=organization, withdrawn_at__isnull=True
    )
    return found.select_related("cohort", "posting").order_by("-made_at", "-pk")


def pledge_of(user: User, public_id: UUID) -> CohortPledge:
    return get_object_or_404(pledges_of(user), public_id=public_id)


def postings_to_pledge(user: User) -> QuerySet[Posting]:
    open_ = Posting.objects.filter(
        organization=organization_for(user),
        state=PostingState.PUBLISHED,
        valid_through__gt=timezone.now(),
    )
    return open_.order_by("title", "pk")


def offers_to(member: CohortMember) -> list[Offer]:
    """For a member's own page: open jobs of employers they do not hide from."""
    found = CohortPledge.objects.filter(
        cohort=member.cohort_id, withdrawn_at__isnull=True
    )
    rows = found.select_related("posting__organization").order_by("made_at", "pk")
    return [_offer(row) for row in rows if _may_apply(member, row.posting)]


def _may_apply(member: CohortMember, posting: Posting) -> bool:
    try:
        check_can_apply(member.seeker, posting)
    except SubmissionRefused:
        return False
    return True


def _offer(row: CohortPledge) -> Offer:
    return Offer(
        title=row.posting.title,
        url=reverse("public:job", args=[row.posting.public_id]),
        by=row.posting.employer_name,
        seats=row.seats,
    )
