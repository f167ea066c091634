from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.vault import keys
from accounts.care.vault.enums import Role, Scope
from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject, TeamRole
from accounts.care.vault.texts import version_of
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
    """A yes to other words than today's does not count until it was given anew."""
    rows = grants_of(subject, now=timezone.now()).filter(version=version_of(scope))
    return rows.filter(scope=scope, counselor=counselor).first()


def may(
    subject: Subject, scope: Scope, counselor: CounselorProfile | None = None
) -> bool:
    """Asked at every read: a yes that was taken back ends access in the same second."""
    return standing_grant(subject, scope, counselor) is not None


def ended_grant_for(user: User, grant_id: UUID) -> ConsentGrant:
    """One of the person's own that was taken back, or 404."""
    subject = subject_of(user)
    rows = ConsentGrant.objects.filter(subject=subject, revoked_at__isnull=False)
    return get_object_or_404(rows.select_related("subject"), pk=grant_id)


def renewable_grant_for(user: User, grant_id: UUID) -> ConsentGrant:
    """One that was said before and can be said again in one tap, or 404."""
    subject = subject_of(user)
    rows = ConsentGrant.objects.filter(subject=subject).exclude(scope=Scope.HANDOVER)
    related = ("subject", "counselor__user")
    grant = get_object_or_404(rows.select_related(*related), pk=grant_id)
    if not may_be_renewed(grant, now=timezone.now()):
        raise Http404
    return grant


def may_be_renewed(grant: ConsentGrant, *, now: datetime) -> bool:
    """A yes to one hand-over belongs to that one; a counselor must still be there."""
    who = grant.counselor
    is_there = who is None or (who.user.is_active and who.is_verified(now=now))
    return grant.scope != Scope.HANDOVER and is_there


def subjects_counted(*, now: datetime) -> set[UUID]:
    """Who wants to be counted in figures at this moment."""
    rows = ConsentGrant.objects.filter(
        scope=Scope.AGGREGATE,
        version=version_of(Scope.AGGREGATE),
        granted_at__lte=now,
        expires_at__gt=now,
        subject__shredded_at__isnull=True,
    ).filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=now))
    return set(rows.values_list("subject_id", flat=True))


# ---- Who looked


def looks_at(
    subject: Subject, *, before: int = 0, limit: int = 50
) -> list[AccessEvent]:
    """The person's own log, newest first; what they did themselves is no look."""
    rows = AccessEvent.objects.filter(subject=subject).exclude(reader="self")
    if before:
        rows = rows.filter(number__lt=before)
    return list(rows.select_related("counselor").order_by("-number")[:limit])
