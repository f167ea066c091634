from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.employers.enums import MemberRole, VerificationState
from accounts.employers.models import (
    Invitation,
    Membership,
    Organization,
    ResponseRecord,
)
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User

# The audit trail's name for it; services/guard.py writes it.
DEBTOR_DATA = "guard.debtor_data"
CHECKERS = frozenset({Kind.MODERATOR, Kind.OPERATOR})


def response_record(organization: Organization) -> ResponseRecord | None:
    """How it answered in the last half year; None before anything was counted."""
    return getattr(organization, "response_record", None)


def debtor_data_refused(organization: Organization) -> int:
    """How often somebody of the organisation typed other people's data or asked for it."""
    return AuditEvent.objects.filter(
        action=DEBTOR_DATA,
        object_type=organization._meta.label,
        object_id=str(organization.public_id),
    ).count()


def membership_for(user: User) -> Membership:
    """The person's place in their organisation, or 404."""
    return get_object_or_404(
        Membership.objects.select_related("organization"), user=user, is_active=True
    )


def membership_or_none(user: User) -> Membership | None:
    active = Membership.objects.filter(user=user, is_active=True)
    return active.select_related("organization__response_record").first()


def organization_for(user: User) -> Organization:
    """The one organisation this person works for, or 404."""
    return membership_for(user).organization


def admin_organization_for(user: User) -> Organization:
    """Same, but only administrators: others of the organisation get 403."""
    membership = membership_for(user)
    if membership.role != MemberRole.ADMIN:
        raise PermissionDenied
    return membership.organization


def members_for(user: User) -> QuerySet[Membership]:
    """Colleagues, administrators first."""
    organization = organization_for(user)
    active = Membership.objects.filter(organization=organization, is_active=True)
    return active.select_related("user").order_by("role", "created_at", "pk")


def member_for(user: User, public_id: UUID) -> Membership:
    """One colleague by their account's public id, or 404."""
    return get_object_or_404(members_for(user), user__public_id=public_id)


def open_invitations_for(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        organization=organization_for(user),
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).order_by("-created_at", "-pk")


def invitation_for(user: User, public_id: UUID) -> Invitation:
    return get_object_or_404(open_invitations_for(user), public_id=public_id)


def invitation_by_hash(token_hash: str) -> Invitation | None:
    """An invitation that can still be accepted; None for any other link."""
    return (
        Invitation.objects.filter(
            token_hash=token_hash,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        .select_related("organization")
        .first()
    )


def organizations_to_check_for(user: User) -> QuerySet[Organization]:
    """Sent in for a first check or a new one, longest waiting first; else 404."""
    if user.kind not in CHECKERS:
        raise Http404
    waits = Q(verification=VerificationState.SUBMITTED) | Q(
        verification=VerificationState.VERIFIED, submitted_at__gt=F("verified_at")
    )
    return Organization.objects.filter(waits).order_by("submitted_at", "pk")


def organization_to_check_for(user: User, public_id: UUID) -> Organization:
    """Any organisation, for people who check them; their own never."""
    if user.kind not in CHECKERS:
        raise Http404
    return get_object_or_404(Organization, public_id=public_id)
