"""What the privacy centre says about people who work for an organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent.descriptions import Holding, Leaver, Obstacle, Remainder
from accounts.employers.access import membership_or_none
from accounts.employers.enums import MemberRole
from accounts.employers.models import (
    BlockedEntity,
    Invitation,
    Membership,
    Organization,
)
from accounts.identity.enums import Kind
from accounts.identity.models import User


def export_memberships(user: User) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user=user).select_related("organization")
    return [
        {
            "organization": row.organization.legal_name,
            "role": row.role,
            "member_since": row.created_at.isoformat(),
            "invited": [
                {"email": one.email, "at": one.created_at.isoformat()}
                for one in Invitation.objects.filter(
                    invited_by=user, organization=row.organization
                ).order_by("pk")
            ],
        }
        for row in rows.order_by("pk")
    ]


def _count(user: User) -> int:
    sent = Invitation.objects.filter(invited_by=user).count()
    return Membership.objects.filter(user=user).count() + sent


def _count_acts(user: User) -> int:
    acted = Q(created_by=user) | Q(lifted_by=user)
    return (
        _count(user)
        + Organization.objects.filter(covenant_accepted_by=user).count()
        + BlockedEntity.objects.filter(acted).count()
    )


MEMBERSHIP = Holding(
    area="accounts.employers",
    title=_("My place in an organisation"),
    what=_("For which organisation you work here, in which role, whom you invited."),
    why=_("So that only its own people act for an organisation."),
    basis=_("Needed for the account you asked for."),
    how_long=_("Until you leave the organisation or delete the account."),
    count=_count,
    models=("accounts_employers.Membership", "accounts_employers.Invitation"),
    url_name="employers:overview",
    kinds=(Kind.EMPLOYER,),
    choices={"role": dict(MemberRole.choices)},
)
ACTS = Remainder(
    code="membership",
    title=_("That somebody acted for the organisation"),
    why=_(
        "Records of an employer and its check: the rules for recruitment ask for them."
    ),
    how_long=_("At least three years."),
    count=_count_acts,
    models=(
        "accounts_employers.Membership",
        "accounts_employers.Invitation",
        "accounts_employers.Organization",
        "accounts_employers.BlockedEntity",
    ),
)


def has_colleagues(user: User) -> bool:
    membership = membership_or_none(user)
    if membership is None:
        return False
    active = Membership.objects.filter(
        organization=membership.organization, is_active=True
    )
    return active.exclude(user=user).exists()


def is_last_admin(user: User) -> bool:
    membership = membership_or_none(user)
    if membership is None or membership.role != MemberRole.ADMIN:
        return False
    admins = Membership.objects.filter(
        organization=membership.organization, role=MemberRole.ADMIN, is_active=True
    )
    return not admins.exclude(user=user).exists()


def _obstacle(user: User) -> Obstacle | None:
    """With colleagues there, somebody has to take over first."""
    if not (is_last_admin(user) and has_colleagues(user)):
        return None
    return Obstacle(
        _(
            "You are the last administrator of your organisation. Make a colleague an "
            "administrator first."
        ),
        reverse("employers:members"),
        _("To the members"),
    )


def _tells(user: User) -> str:
    if not is_last_admin(user) or has_colleagues(user):
        return ""
    return gettext(
        "You are alone in your organisation: its open postings are paused at once, and "
        "closed when the account is erased."
    )


LEAVER = Leaver(obstacle=_obstacle, tells=_tells)
