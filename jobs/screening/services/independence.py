"""Who may decide: a moderator who has no part in the organisation or the decision."""

from __future__ import annotations

from accounts.employers.models import Membership, Organization
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.postings.models import Posting
from jobs.screening.services.errors import NotAllowed, OwnDecision, OwnOrganization

MODERATING_KINDS = frozenset({Kind.MODERATOR, Kind.OPERATOR})


def check_independent(
    *, user: User, organization: Organization | None, posting: Posting | None = None
) -> None:
    """Raises NotAllowed or OwnOrganization; also former members are no judges."""
    if user.kind not in MODERATING_KINDS:
        raise NotAllowed(user.kind)
    wrote_it = posting is not None and posting.created_by_id == user.pk
    if wrote_it or (organization is not None and is_member(user, organization)):
        raise OwnOrganization(str(user.pk))


def is_member(user: User, organization: Organization) -> bool:
    return Membership.objects.filter(organization=organization, user=user).exists()


def check_another(user: User, *before: int | None) -> None:
    """Not the person who decided before."""
    if user.pk in before:
        raise OwnDecision(str(user.pk))
