from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.cohorts.enums import Stage
from accounts.cohorts.models import Cohort, CohortMember, CohortSession
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.crypto import fingerprints
from accounts.lib.short_codes import read_code
from accounts.seekers.access import profile_or_none
from accounts.seekers.models import SeekerProfile

CODE_PURPOSE = "cohort.code"
_signer = signing.Signer(salt="cohorts.counts")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line for the giver; `at_least` is 0 where nothing is told."""

    label: str
    at_least: int


def cohorts_for(user: User) -> QuerySet[Cohort]:
    """Operators make and close them; nobody else has a list."""
    if user.kind != Kind.OPERATOR:
        raise Http404
    return Cohort.objects.order_by("-created_at", "-pk")


def cohort_for(user: User, public_id: UUID) -> Cohort:
    return get_object_or_404(cohorts_for(user), public_id=public_id)


def cohort_by_code(typed: str) -> Cohort | None:
    code = read_code(typed)
    if not code:
        return None
    prints = fingerprints(code, CODE_PURPOSE)
    return Cohort.objects.filter(code_print__in=prints).first()


def counts_token(cohort: Cohort) -> str:
    """For the giver's private page; a raised `link_version` ends it."""
    return _signer.sign(f"{cohort.public_id}.{cohort.link_version}")


def cohort_by_token(token: str) -> Cohort:
    try:
        public_id, _dot, version = _signer.unsign(token).rpartition(".")
        wanted = {"public_id": UUID(public_id), "link_version": int(version)}
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    return get_object_or_404(Cohort, **wanted)


def figures_of(cohort: Cohort) -> list[Figure]:
    """What the giver sees, and the operator too: nothing else is ever told."""
    shown = dict(cohort.figures.values_list("stage", "shown"))
    return [Figure(str(stage.label), shown.get(stage.value, 0)) for stage in Stage]


def memberships_of(user: User) -> QuerySet[CohortMember]:
    """The person's own, or 404 for every other kind."""
    profile = profile_or_none(user)
    found = CohortMember.objects.filter(seeker=profile) if profile else None
    none = CohortMember.objects.none()
    return (none if found is None else found).select_related("cohort").order_by("pk")


def membership_of(user: User, public_id: UUID) -> CohortMember:
    return get_object_or_404(memberships_of(user), public_id=public_id)


def is_member(user: User, cohort: Cohort) -> bool:
    return CohortMember.objects.filter(cohort=cohort, seeker__user=user).exists()


def member_profiles(cohort: Cohort) -> QuerySet[SeekerProfile]:
    """For counting only."""
    members = cohort.members.values("seeker")
    return SeekerProfile.objects.filter(pk__in=members)


def export_memberships(user: User) -> list[dict[str, Any]]:
    rows = CohortMember.objects.filter(seeker__user=user).select_related("cohort")
    return [{"group": row.cohort.label} for row in rows.order_by("pk")]


def open_cohorts() -> QuerySet[Cohort]:
    """Groups that employers may promise places to: name and city are all they get."""
    now = timezone.now()
    return Cohort.objects.filter(
        closed_at__isnull=True, opens_at__lte=now, closes_at__gt=now
    ).order_by("label", "pk")


# --- talks ---
def upcoming(cohort: Cohort) -> QuerySet[CohortSession]:
    ahead = CohortSession.objects.filter(
        cohort=cohort, cancelled_at__isnull=True, starts_at__gt=timezone.now()
    )
    return ahead.order_by("starts_at", "pk")


def sessions_for(member: CohortMember) -> list[CohortSession]:
    """With `has_seat` and `is_full` for this member."""
    found = upcoming(member.cohort).annotate(
        own=Count("places", filter=Q(places__member=member)),
        free=Count("places", filter=Q(places__member__isnull=True)),
    )
    return list(found)


def session_of(user: User, public_id: UUID) -> tuple[CohortSession, CohortMember]:
    """For members of its cohort; everybody else gets 404."""
    members = memberships_of(user)
    found = CohortSession.objects.filter(cohort__in=members.values("cohort"))
    session = get_object_or_404(found, public_id=public_id)
    return session, members.get(cohort=session.cohort_id)


def session_for_operator(user: User, public_id: UUID) -> CohortSession:
    found = CohortSession.objects.filter(cohort__in=cohorts_for(user))
    return get_object_or_404(found.select_related("cohort"), public_id=public_id)
