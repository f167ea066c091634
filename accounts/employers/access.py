from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.employers.enums import BlockedKind, MemberRole, VerificationState
from accounts.employers.groups import shielded_with
from accounts.employers.models import (
    BlockedEntity,
    Invitation,
    Membership,
    Organization,
    ResponseRecord,
)
from accounts.employers.rules.contacts import normal_name
from accounts.employers.rules.papers import FACTS, REQUIRED
from accounts.employers.rules.relations import (
    Circle,
    circle_of,
    company_domain,
    trunk_of,
)
from accounts.evidence.access import current_papers, paper_waits_since
from accounts.evidence.enums import SubjectType
from accounts.evidence.rules.papers import (
    LONGEST,
    last_good_day,
    missing_to_confirm,
    missing_to_send,
)
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User
from accounts.lib.crypto import fingerprints
from accounts.lib.dates import today

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
    """Sent in for a check, or with a new paper since; longest waiting first, or 404.

    Without those the person works or worked for.
    """
    if user.kind not in CHECKERS:
        raise Http404
    is_sent_in = Q(verification=VerificationState.SUBMITTED) | Q(
        verification=VerificationState.VERIFIED, submitted_at__gt=F("verified_at")
    )
    # Whoever is checked already may send in a paper without asking for a new check.
    paper = Organization.objects.annotate(
        paper_at=paper_waits_since(SubjectType.ORGANIZATION)
    )
    waits = is_sent_in | Q(
        verification=VerificationState.VERIFIED, paper_at__isnull=False
    )
    since = Case(When(is_sent_in, then=F("submitted_at")), default=F("paper_at"))
    others = paper.filter(waits).exclude(pk__in=_own_organizations(user))
    return others.annotate(waits_since=since).order_by("waits_since", "pk")


def organization_to_check_for(user: User, public_id: UUID) -> Organization:
    """Any organisation, for people who check them; their own never."""
    if user.kind not in CHECKERS:
        raise Http404
    others = Organization.objects.exclude(pk__in=_own_organizations(user))
    return get_object_or_404(others, public_id=public_id)


def _own_organizations(user: User) -> QuerySet[Membership, int]:
    """Also those the person has left: an old colleague does not check either."""
    return Membership.objects.filter(user=user).values_list(
        "organization_id", flat=True
    )


def is_own(user: User, organization_id: UUID) -> bool:
    """Whether the person works or worked there, and so never checks its papers."""
    own = Membership.objects.filter(organization__public_id=organization_id)
    return own.filter(user=user).exists()


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


@dataclass(frozen=True, slots=True)
class Readiness:
    """What still stands between an organisation and its check."""

    facts: list[str]
    to_send: list[str]
    to_confirm: list[str]
    last_day: date

    @property
    def may_be_sent(self) -> bool:
        return not (self.facts or self.to_send)


def readiness_of(organization: Organization) -> Readiness:
    papers = current_papers(SubjectType.ORGANIZATION, organization.public_id)
    required = REQUIRED[organization.kind]
    day = today()
    return Readiness(
        facts=[x for x in FACTS[organization.kind] if not getattr(organization, x)],
        to_send=missing_to_send(required, papers, today=day),
        to_confirm=missing_to_confirm(required, papers, today=day),
        last_day=last_good_day(required, papers, today=day, longest=LONGEST),
    )


def may_read_papers(user: User, organization_id: UUID) -> bool:
    """Only its administrators; colleagues have no need to see an identity card."""
    return Membership.objects.filter(
        user=user,
        organization__public_id=organization_id,
        role=MemberRole.ADMIN,
        is_active=True,
    ).exists()


def name_of(organization_id: UUID) -> str:
    return Organization.objects.get(public_id=organization_id).display_name


def organizations_by_id(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Short names; who is gone is left out."""
    found = Organization.objects.filter(public_id__in=ids)
    return dict(found.values_list("public_id", "display_name"))


def existing_organizations(ids: Iterable[UUID]) -> set[UUID]:
    found = Organization.objects.filter(public_id__in=ids)
    return set(found.values_list("public_id", flat=True))


def circle_around(organization: Organization) -> Circle:
    """The organisation and whoever belongs to it, one step away. Three queries.

    The same legal representative, telephone, company mail or name without place and
    form, or one group by both sides' word: rather one too many than one too few, for
    it only ever hides people.
    """
    related = [organization, *_related(organization)]
    return circle_of(
        [row.uscc for row in related],
        [name for row in related for name in (row.legal_name, row.display_name)],
    )


MOST_FOUND = 8


def find_organizations(text: str) -> list[Organization]:
    """Checked ones by part of their name, any by its whole code: a few, by name."""
    named = Q(legal_name__icontains=text) | Q(display_name__icontains=text)
    checked = Organization.objects.verified(now=timezone.now()).filter(named)
    coded = Organization.objects.filter(uscc=text.upper())
    found = {*checked[:MOST_FOUND], *coded}
    return sorted(found, key=lambda row: (row.display_name, row.pk))[:MOST_FOUND]


def organizations_named(*, uscc: str, name: str) -> list[Organization]:
    """Whom somebody means who hides from this code or name: themselves, no relations."""
    meant = Q(pk__in=[])
    if uscc:
        meant |= Q(uscc=uscc)
    if len(normal_name(name)) > 1:
        meant |= Q(legal_name__contains=name) | Q(display_name__contains=name)
    return list(Organization.objects.filter(meant).order_by("pk")[:MOST_FOUND])


def related_to(organization: Organization) -> list[Organization]:
    """Those that belong to it, one step away, itself not among them."""
    return _related(organization)


def _related(organization: Organization) -> list[Organization]:
    trunk = trunk_of(organization.legal_name)
    same = Q(legal_name__contains=trunk)
    if organization.contact_phone:
        same |= Q(contact_phone=organization.contact_phone)
    if representative := organization.legal_representative.strip():
        same |= Q(legal_representative=representative)
    if domains := _domains_of(organization):
        ending = "|".join(re.escape(domain) for domain in domains)
        same |= Q(memberships__user__email__iregex=f"@({ending})$")
    if grouped := shielded_with(organization, now=timezone.now()):
        same |= Q(pk__in=grouped)
    others = Organization.objects.filter(same).exclude(pk=organization.pk)
    return list(others.distinct().order_by("pk"))


def _domains_of(organization: Organization) -> list[str]:
    """The company's own mail, as far as its people sign in with it."""
    members = Membership.objects.filter(organization=organization, is_active=True)
    mails = members.values_list("user__email", flat=True)
    return sorted({company_domain(mail or "") for mail in mails} - {""})
