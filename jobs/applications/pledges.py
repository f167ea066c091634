"""Places that checked employers promise to a group with a code.

Nothing here reads who is in the group, and nothing counts who of it was hired: a figure
under ten would name somebody, and one employer hardly ever hires ten of one group.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.cohorts.access import open_cohorts
from accounts.cohorts.models import Cohort, CohortMember
from accounts.cohorts.registry import Offer
from accounts.employers.access import organization_for
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import CohortPledge
from jobs.applications.services.submissions import SubmissionRefused, check_can_apply
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting


class NotChecked(TransitionRefused):
    """Only organisations whose check stands may promise."""


class NotOpen(TransitionRefused):
    """The group takes nobody any more, or the posting is not open."""


class PledgedAlready(TransitionRefused):
    """There is one for this group and posting; take it back first."""


# --- who sees which ---
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


# --- what happens to them ---
@transaction.atomic
def make_pledge(
    *, actor: User, cohort: Cohort, posting: Posting, seats: int
) -> CohortPledge:
    # The lock makes two colleagues' promises one.
    row = Posting.objects.select_for_update(of=("self",), no_key=True).get(
        pk=posting.pk
    )
    organization = organization_for(actor)
    if row.organization_id != organization.pk or not row.is_open():
        raise NotOpen
    if not organization.is_verified(now=timezone.now()):
        raise NotChecked
    if not open_cohorts().filter(pk=cohort.pk).exists():
        raise NotOpen
    standing = CohortPledge.objects.filter(
        cohort=cohort, posting=row, withdrawn_at__isnull=True
    )
    if standing.exists():
        raise PledgedAlready
    pledge = CohortPledge.objects.create(
        cohort=cohort,
        posting=row,
        seats=seats,
        made_by=actor,
        made_at=timezone.now(),
    )
    record_event(
        action="pledge.made",
        actor=actor,
        on=pledge,
        about=actor,
        detail={"seats": seats},
    )
    return pledge


@transaction.atomic
def withdraw_pledge(*, pledge: CohortPledge, actor: User) -> None:
    row = CohortPledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record_event(action="pledge.withdrawn", actor=actor, on=row, about=actor)
