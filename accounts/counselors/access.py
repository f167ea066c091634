from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.counselors.models import CounselorProfile
from accounts.counselors.rules.verification import REQUIRED
from accounts.employers.enums import VerificationState
from accounts.evidence.access import REVIEWERS, current_papers, paper_waits_since
from accounts.evidence.enums import SubjectType
from accounts.evidence.rules.papers import (
    LONGEST,
    last_good_day,
    missing_to_confirm,
    missing_to_send,
)
from accounts.identity.models import User
from accounts.lib.dates import today


def listed_counselors() -> QuerySet[CounselorProfile]:
    """Public: who chose to be shown, is checked, and can still sign in."""
    verified = CounselorProfile.objects.verified(now=timezone.now())
    return verified.filter(is_listed=True, user__is_active=True).order_by(
        "scope", "name", "pk"
    )


def own_profile_for(user: User) -> CounselorProfile:
    """The person's own page, or 404 for everybody who is no counselor."""
    return get_object_or_404(CounselorProfile, user=user)


def is_checked(user: User) -> bool:
    """Whether people may come to them: the pages of care are there for nobody else."""
    verified = CounselorProfile.objects.verified(now=timezone.now())
    return verified.filter(user=user).exists()


def counselors_to_check_for(user: User) -> QuerySet[CounselorProfile]:
    """Sent in for a check, or with a new paper since; longest waiting first, or 404."""
    if user.kind not in REVIEWERS:
        raise Http404
    is_sent_in = Q(verification=VerificationState.SUBMITTED) | Q(
        verification=VerificationState.VERIFIED, submitted_at__gt=F("verified_at")
    )
    # Whoever is checked already may send in a paper without asking for a new check.
    paper = CounselorProfile.objects.annotate(
        paper_at=paper_waits_since(SubjectType.COUNSELOR)
    )
    waits = is_sent_in | Q(
        verification=VerificationState.VERIFIED, paper_at__isnull=False
    )
    since = Case(When(is_sent_in, then=F("submitted_at")), default=F("paper_at"))
    others = paper.filter(waits).exclude(user=user)
    return others.annotate(waits_since=since).order_by("waits_since", "pk")


def counselor_to_check_for(user: User, public_id: UUID) -> CounselorProfile:
    """Any counselor, for people who check them; themselves never."""
    if user.kind not in REVIEWERS:
        raise Http404
    others = CounselorProfile.objects.exclude(user=user)
    return get_object_or_404(others, public_id=public_id)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What still stands between a counselor and their check."""

    to_send: list[str]
    to_confirm: list[str]
    last_day: date


def readiness_of(profile: CounselorProfile) -> Readiness:
    papers = current_papers(SubjectType.COUNSELOR, profile.public_id)
    day = today()
    return Readiness(
        to_send=missing_to_send(REQUIRED, papers, today=day),
        to_confirm=missing_to_confirm(REQUIRED, papers, today=day),
        last_day=last_good_day(REQUIRED, papers, today=day, longest=LONGEST),
    )


def may_read_papers(user: User, counselor_id: UUID) -> bool:
    """Their own only."""
    return CounselorProfile.objects.filter(user=user, public_id=counselor_id).exists()


# Who may read a counselor's papers as their own never checks them.
is_own = may_read_papers


def name_of(counselor_id: UUID) -> str:
    return CounselorProfile.objects.get(public_id=counselor_id).name


def existing_counselors(ids: Iterable[UUID]) -> set[UUID]:
    found = CounselorProfile.objects.filter(public_id__in=ids)
    return set(found.values_list("public_id", flat=True))


def export_profile(user: User) -> dict[str, Any] | None:
    row = CounselorProfile.objects.filter(user=user).first()
    if row is None:
        return None
    plain = ("name", "scope", "credential", "languages", "about", "verification")
    return {name: getattr(row, name) for name in plain} | {"listed": row.is_listed}
