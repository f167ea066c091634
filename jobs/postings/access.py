from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.employers.models import Branch, Membership, Organization
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.rules.workflow import EDITABLE_STATES

# Was open once: its page tells what became of it.
_SHOWN_STATES = (
    PostingState.PUBLISHED,
    PostingState.PAUSED,
    PostingState.FILLED,
    PostingState.CLOSED,
    PostingState.EXPIRED,
    PostingState.IN_REVIEW,
    PostingState.CHANGES_REQUESTED,
    PostingState.REMOVED,
)


def organization_of(user: User) -> Organization | None:
    """The organisation an employer works for; None while they have none."""
    membership = (
        Membership.objects.filter(user=user, is_active=True)
        .select_related("organization")
        .first()
    )
    return membership.organization if membership else None


def employer_only(user: User) -> None:
    """404 for everyone who does not hire here."""
    if user.kind != Kind.EMPLOYER:
        raise Http404


def postings_of(user: User) -> QuerySet[Posting]:
    """All postings of the user's organisation, latest change first."""
    return (
        Posting.objects.filter(
            organization__memberships__user=user,
            organization__memberships__is_active=True,
        )
        .select_related("organization")
        .order_by("-updated_at", "-pk")
    )


def branches_in(user: User) -> list[Branch]:
    """Places that a posting of the organisation is for, closed ones too, by name."""
    named = postings_of(user).order_by().exclude(branch=None).values("branch")
    return list(Branch.objects.filter(pk__in=named).order_by("name", "pk"))


def posting_of(user: User, public_id: UUID) -> Posting:
    """404 for everyone outside the organisation."""
    return get_object_or_404(postings_of(user), public_id=public_id)


def editable_posting_for(user: User, public_id: UUID) -> Posting:
    """404 outside the organisation, 403 when the posting's state locks its words."""
    posting = posting_of(user, public_id)
    if posting.state not in EDITABLE_STATES:
        raise PermissionDenied
    return posting


def open_posting(public_id: UUID) -> Posting:
    """What may be applied to right now; 404 otherwise."""
    return get_object_or_404(
        Posting.objects.open().select_related("organization"), public_id=public_id
    )


def published_posting(public_id: UUID) -> Posting:
    """Anything that was open to the public once; 404 for drafts and refused ones."""
    return get_object_or_404(
        Posting.objects.filter(
            state__in=_SHOWN_STATES, date_posted__isnull=False
        ).select_related("organization__response_record"),
        public_id=public_id,
    )
