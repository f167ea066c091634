from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.assisted.enums import DraftState, EndedBy, ProposalState
from accounts.assisted.models import (
    AssistedProfile,
    AssistedStop,
    ProfileGrant,
    ProfileProposal,
)
from accounts.assisted.rules import WITHIN
from accounts.counselors.access import own_profile_for
from accounts.counselors.models import CounselorProfile
from accounts.identity.forms.sign_in import proven_holder
from accounts.identity.models import User
from accounts.lib.crypto import fingerprints
from accounts.lib.short_codes import read_code
from accounts.seekers.access import profile_or_none

CONTACT_PURPOSE = "assisted.contact"
SLIP_PURPOSE = "assisted.slip"
_signer = signing.Signer(salt="assisted.person")


def checked_counselor(user: User) -> CounselorProfile:
    """A counselor whose credential is checked right now, or 404."""
    profile = own_profile_for(user)
    if not profile.is_verified(now=timezone.now()):
        raise Http404
    return profile


def waiting_of(user: User) -> QuerySet[AssistedProfile]:
    """What the counselor began and nobody answered yet; 404 for everybody else."""
    sender = own_profile_for(user)
    return AssistedProfile.objects.filter(
        sender=sender, state=DraftState.WAITING
    ).order_by("-created_at", "-pk")


def slip_of(user: User, public_id: UUID) -> AssistedProfile:
    checked_counselor(user)
    slips = waiting_of(user).exclude(slip_print="")
    return get_object_or_404(slips, public_id=public_id)


# --- the person, by link or slip ---
def person_token(draft: AssistedProfile) -> str:
    return _signer.sign(str(draft.public_id))


def draft_by_token(token: str) -> AssistedProfile:
    """Whatever its state: a link that had its day says so kindly."""
    try:
        public_id = UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    found = AssistedProfile.objects.select_related("sender")
    return get_object_or_404(found, public_id=public_id)


def draft_by_slip(typed: str) -> AssistedProfile | None:
    code = read_code(typed)
    if not code:
        return None
    prints = fingerprints(code, SLIP_PURPOSE)
    return AssistedProfile.objects.filter(slip_print__in=prints).first()


def holder_of(contact: str) -> User | None:
    return proven_holder(contact)


def must_not_write_to(contact: str) -> bool:
    """Somebody there said "not me", or has an answer to give already."""
    prints = fingerprints(contact, CONTACT_PURPOSE)
    return (
        AssistedStop.objects.filter(contact_print__in=prints).exists()
        or AssistedProfile.objects.filter(contact_print__in=prints).exists()
    )


# --- grants ---
def live_grants() -> QuerySet[ProfileGrant]:
    """Agreed to, not over, and the counselor still checked."""
    now = timezone.now()
    checked = CounselorProfile.objects.verified(now=now).filter(user__is_active=True)
    return ProfileGrant.objects.filter(
        ended_at__isnull=True,
        expires_at__gt=now,
        consent__withdrawn_at__isnull=True,
        seeker__user__is_active=True,
        counselor__in=checked,
    ).select_related("seeker__user", "counselor__user", "stages_consent")


def grants_to(user: User) -> QuerySet[ProfileGrant]:
    """The people who let this counselor read; 404 for everybody else."""
    counselor = own_profile_for(user)
    return live_grants().filter(counselor=counselor).order_by("seeker__pseudonym", "pk")


def grant_to(user: User, public_id: UUID) -> ProfileGrant:
    return get_object_or_404(grants_to(user), public_id=public_id)


def grants_by(user: User) -> QuerySet[ProfileGrant]:
    """The person's own yes to each counselor, newest first; 404 for other kinds."""
    profile = profile_or_none(user)
    found = ProfileGrant.objects.filter(seeker=profile) if profile else None
    none = ProfileGrant.objects.none()
    rows = none if found is None else found
    return rows.select_related("counselor", "seeker", "stages_consent").order_by(
        "-granted_at", "-pk"
    )


def grant_by(user: User, public_id: UUID) -> ProfileGrant:
    return get_object_or_404(grants_by(user), public_id=public_id)


def grant_with_stages(user: User, public_id: UUID) -> ProfileGrant:
    """Only with the person's second yes, to how their applications stand."""
    grant = grant_to(user, public_id)
    if not grant.shows_stages:
        raise Http404
    return grant


def counselor_to_ask(user: User, public_id: UUID) -> CounselorProfile:
    """A checked counselor whom this person may let read; 404 for other kinds."""
    if profile_or_none(user) is None:
        raise Http404
    checked = CounselorProfile.objects.verified(now=timezone.now())
    return get_object_or_404(checked, public_id=public_id, user__is_active=True)


# --- what counselors suggest ---
def proposals_by(user: User) -> QuerySet[ProfileProposal]:
    """What waits for this person's yes or no, newest first; 404 for other kinds."""
    rows = ProfileProposal.objects.filter(
        grant__in=live_grants().filter(seeker=profile_or_none(user)),
        state=ProposalState.WAITING,
        expires_at__gt=timezone.now(),
    )
    return rows.select_related("grant__counselor", "grant__seeker__user").order_by(
        "-created_at", "-pk"
    )


def proposal_by(user: User, public_id: UUID) -> ProfileProposal:
    return get_object_or_404(proposals_by(user), public_id=public_id)


def waiting_proposal(grant: ProfileGrant) -> ProfileProposal | None:
    return ProfileProposal.objects.filter(
        grant=grant, state=ProposalState.WAITING, expires_at__gt=timezone.now()
    ).first()


# --- those who check counselors ---
def contested_of(counselor: CounselorProfile) -> int:
    since = timezone.now() - WITHIN
    return AssistedProfile.objects.filter(
        sender=counselor, ended_by=EndedBy.NOT_ME, ended_at__gte=since
    ).count()


# --- a person takes their data along ---
def export_assisted(user: User) -> list[dict[str, Any]]:
    rows = AssistedProfile.objects.filter(seeker__user=user).select_related("sender")
    return [
        {
            "filled_in_by": row.sender.name,
            "sender_kind": row.sender_kind,
            "origin": row.origin,
            "created_at": row.created_at.isoformat(),
        }
        for row in rows.order_by("pk")
    ]


def export_grants(user: User) -> list[dict[str, Any]]:
    rows = ProfileGrant.objects.filter(seeker__user=user).select_related(
        "counselor", "stages_consent"
    )
    return [
        {
            "counselor": row.counselor.name,
            "granted_at": row.granted_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
            "ended_at": row.ended_at.isoformat() if row.ended_at else None,
            "sees_applications": row.shows_stages,
            "suggested": [_suggested(one) for one in _suggestions(row)],
        }
        for row in rows.order_by("pk")
    ]


def _suggestions(grant: ProfileGrant) -> QuerySet[ProfileProposal]:
    return ProfileProposal.objects.filter(grant=grant).order_by("pk")


def _suggested(row: ProfileProposal) -> dict[str, Any]:
    return {
        "at": row.created_at.isoformat(),
        "state": row.state,
        "answers": json.loads(row.answers) if row.answers else None,
    }
