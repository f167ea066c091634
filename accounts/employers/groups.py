"""Reading which organisations belong together by their own word."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.employers.enums import OPEN_GROUP_STATES, GroupState
from accounts.employers.models import Branch, GroupLink, Membership, Organization
from accounts.employers.rules.groups import shields_since
from accounts.identity.models import User

MOST_SHOWN = 8


def links_of(organization: Organization) -> QuerySet[GroupLink]:
    """Proposed or confirmed ones, the oldest first."""
    either = Q(proposer=organization) | Q(partner=organization)
    rows = GroupLink.objects.filter(either, state__in=OPEN_GROUP_STATES)
    return rows.select_related("proposer", "partner").order_by("proposed_at", "pk")


def link_of(organization: Organization, public_id: UUID) -> GroupLink:
    """404 for whoever it is not about."""
    row = links_of(organization).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def waiting_links_of(organization: Organization) -> QuerySet[GroupLink]:
    """What others proposed to it and nobody answered yet."""
    return links_of(organization).filter(
        partner=organization, state=GroupState.PROPOSED
    )


def group_of(organization: Organization) -> list[Organization]:
    """Confirmed members of its group, one step away, as everybody may read them."""
    rows = links_of(organization).filter(state=GroupState.CONFIRMED)[:MOST_SHOWN]
    return [
        row.partner if row.proposer_id == organization.pk else row.proposer
        for row in rows
    ]


def shielded_with(organization: Organization, *, now: datetime) -> set[int]:
    """Keys of those that count as one with it for whoever hides from either."""
    either = Q(proposer=organization) | Q(partner=organization)
    stands = Q(state=GroupState.CONFIRMED)
    parted = Q(
        state=GroupState.ENDED,
        confirmed_at__isnull=False,
        ended_at__gt=shields_since(now),
    )
    pairs = GroupLink.objects.filter(either, stands | parted)
    found = {key for pair in pairs.values_list("proposer", "partner") for key in pair}
    return found - {organization.pk}


def branches_of(organization: Organization) -> QuerySet[Branch]:
    """Open ones, by name."""
    return organization.branches.filter(closed_at__isnull=True).order_by("name", "pk")


def branches_for(user: User) -> QuerySet[Branch]:
    """Those of the organisation somebody works for; none for everybody else."""
    mine = Membership.objects.filter(user=user, is_active=True)
    rows = Branch.objects.filter(
        organization__in=mine.values("organization"), closed_at__isnull=True
    )
    return rows.order_by("name", "pk")


def branch_of(organization: Organization, public_id: UUID) -> Branch:
    row = branches_of(organization).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def organization_with_code(uscc: str) -> Organization | None:
    """A checked one by its whole code: the code is printed on every licence."""
    checked = Organization.objects.verified(now=timezone.now())
    return checked.filter(uscc=uscc).first()
