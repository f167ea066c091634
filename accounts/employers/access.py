from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.employers.enums import BlockedKind, MemberRole, VerificationState
from accounts.employers.models import (
    BlockedEntity,
    Invitation,
    Membership,
    Organization,
)
from accounts.employers.rules.contacts import normal_name
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.crypto import fingerprints

CHECKERS = frozenset({Kind.MODERATOR, Kind.OPERATOR})


def membership_for(user: User) -> Membership:
    """The person's place in their organisation, or 404."""
    return get_object_or_404(
        Membership.objects.select_related("organization"), user=user, is_active=True
    )


def membership_or_none(user: User) -> Membership | None:
    active = Membership.objects.filter(user=user, is_active=True)
    return active.select_related("organization").first()


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


@dataclass(frozen=True, slots=True)
class BlockedMatch:
    """Something of an organisation that is on the list, and for whom it was put there.

    `is_own` is a block of this organisation itself, else it may be a second try.
    """

    entity: BlockedEntity
    is_own: bool

    @property
    def kind(self) -> BlockedKind:
        return BlockedKind(self.entity.kind)


def blocked_matches(organization: Organization) -> list[BlockedMatch]:
    """What of it matches an active block, its own first; for people who check."""
    same = Q(organization=organization)
    for kind, value in entity_values(organization).items():
        same |= Q(kind=kind, digest__in=fingerprints(value, kind))
    active = BlockedEntity.objects.active(now=timezone.now()).filter(same)
    found = [
        BlockedMatch(entity, entity.organization_id == organization.pk)
        for entity in active.select_related("organization").order_by("pk")
    ]
    return sorted(found, key=lambda match: not match.is_own)


def is_blocked_code(uscc: str) -> bool:
    digests = fingerprints(uscc, BlockedKind.USCC.value)
    active = BlockedEntity.objects.active(now=timezone.now())
    return active.filter(kind=BlockedKind.USCC, digest__in=digests).exists()


def entity_values(organization: Organization) -> dict[str, str]:
    """What of it is compared with the list, by kind; only what is known."""
    values = {
        BlockedKind.USCC.value: organization.uscc,
        BlockedKind.LEGAL_REPRESENTATIVE.value: normal_name(
            organization.legal_representative
        ),
        BlockedKind.PHONE.value: organization.contact_phone,
    }
    return {kind: value for kind, value in values.items() if value}
