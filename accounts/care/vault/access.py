from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.vault import keys
from accounts.care.vault.enums import Role, Scope
from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject, TeamRole
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.crypto import fingerprints

PRINT = "care.subject"
PERSON = "subject.person"


# ---- Who


def subject_of(user: User) -> Subject | None:
    """None as long as nothing is kept of this person. Counselors have one too."""
    prints = fingerprints(str(user.public_id), PRINT)
    return Subject.objects.filter(print__in=prints).first()


def user_of(subject: Subject) -> User | None:
    """The account behind a pseudonym; None once it was shredded or erased."""
    if subject.ring is None:
        return None
    public_id = keys.unseal(subject, PERSON, subject.person)
    return User.objects.filter(public_id=public_id, is_active=True).first()


def seeker_only(user: User) -> User:
    """404 for everybody who is not here to look for work."""
    if user.kind != Kind.SEEKER:
        raise Http404
    return user


def counselor_only(user: User) -> CounselorProfile:
    """The profile of a counselor whose credential is checked right now, or 404."""
    profile = get_object_or_404(CounselorProfile, user=user)
    if user.kind != Kind.COUNSELOR or not profile.is_verified(now=timezone.now()):
        raise Http404
    return profile


def has_role(counselor: CounselorProfile, role: Role) -> bool:
    return TeamRole.objects.filter(
        counselor=counselor, role=role, ended_at__isnull=True
    ).exists()


def supervisor_only(user: User) -> CounselorProfile:
    profile = counselor_only(user)
    if not has_role(profile, Role.SUPERVISOR):
        raise Http404
    return profile


def scheduler_only(user: User) -> CounselorProfile:
    """Who keeps the calendars: sees times, never topics."""
    profile = counselor_only(user)
    if not has_role(profile, Role.SCHEDULER):
        raise Http404
    return profile


def team_roles() -> QuerySet[TeamRole]:
    return (
        TeamRole.objects.filter(ended_at__isnull=True)
        .select_related("counselor")
        .order_by("role", "counselor__name", "pk")
    )


# ---- What was allowed


def grants_of(subject: Subject, *, now: datetime) -> QuerySet[ConsentGrant]:
    """Every yes that stands at this moment."""
    return (
        ConsentGrant.objects.filter(
            subject=subject, revoked_at__isnull=True, expires_at__gt=now
        )
        .select_related("counselor")
        .order_by("-granted_at", "pk")
    )


def past_grants_of(subject: Subject, *, now: datetime) -> QuerySet[ConsentGrant]:
    standing = grants_of(subject, now=now).values("pk")
    rows = ConsentGrant.objects.filter(subject=subject).exclude(pk__in=standing)
    return rows.select_related("counselor").order_by("-granted_at", "pk")


def grant_for(user: User, grant_id: UUID) -> ConsentGrant:
    """One of the person's own, or 404."""
    subject = subject_of(user)
    rows = ConsentGrant.objects.filter(subject=subject, revoked_at__isnull=True)
    return get_object_or_404(rows, pk=grant_id)


def standing_grant(
    subject: Subject, scope: Scope, counselor: CounselorProfile | None = None
) -> ConsentGrant | None:
    rows = grants_of(subject, now=timezone.now())
    return rows.filter(scope=scope, counselor=counselor).first()


def may(
    subject: Subject, scope: Scope, counselor: CounselorProfile | None = None
) -> bool:
    """Asked at every read: a yes that was taken back ends access in the same second."""
    return standing_grant(subject, scope, counselor) is not None


# ---- Who looked


def looks_at(
    subject: Subject, *, before: int = 0, limit: int = 50
) -> list[AccessEvent]:
    """The person's own log, newest first; what they did themselves is no look."""
    rows = AccessEvent.objects.filter(subject=subject).exclude(reader="self")
    if before:
        rows = rows.filter(number__lt=before)
    return list(rows.select_related("counselor").order_by("-number")[:limit])
