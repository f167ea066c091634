"""Reading interviews on somebody's behalf; access.py lists everything else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.employers.access import membership_or_none
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.applications.enums import (
    OPEN_INTERVIEWS,
    SEATED_INTERVIEWS,
    ApplicationState,
    InterviewState,
    Side,
)
from jobs.applications.models import (
    Application,
    Interview,
    InterviewSlot,
    InterviewStep,
)
from jobs.applications.rules.interviews import AHEAD, PICK_AHEAD
from jobs.postings.models import Posting

OPEN = sorted(OPEN_INTERVIEWS)
SEATED = sorted(SEATED_INTERVIEWS)


def upcoming_interviews(user: User, *, now: datetime | None = None) -> list[datetime]:
    """When a seeker's settled talks begin, the next first; nothing else about them."""
    now = now or timezone.now()
    rows = Interview.objects.filter(
        application__seeker__user=user,
        state=InterviewState.BOOKED,
        slot__starts_at__gt=now,
    ).exclude(application__state=ApplicationState.WITHDRAWN)
    return list(
        rows.order_by("slot__starts_at").values_list("slot__starts_at", flat=True)
    )


def interviews_of(user: User) -> QuerySet[Interview]:
    """A seeker's own, of what they did not leave; 404 for every other kind."""
    if user.kind != Kind.SEEKER:
        raise Http404
    return (
        Interview.objects.filter(application__seeker__user=user)
        .exclude(application__state=ApplicationState.WITHDRAWN)
        .select_related("slot", "application__posting__organization")
    )


def interview_for(user: User, public_id: UUID) -> tuple[Interview, Side]:
    """One round for the person it is about or the organisation's members; else 404.

    Of somebody who withdrew the organisation sees nothing any more.
    """
    found = Interview.objects.select_related(
        "slot", "application__seeker", "application__posting"
    )
    interview = get_object_or_404(found, public_id=public_id)
    application = interview.application
    if application.seeker.user_id == user.pk:
        return interview, Side.SEEKER
    member = membership_or_none(user)
    if (
        member is not None
        and member.organization.pk == application.organization_id
        and application.is_shared
    ):
        return interview, Side.EMPLOYER
    raise Http404


def open_interview(application: Application) -> Interview | None:
    return application.interviews.filter(state__in=OPEN).select_related("slot").first()


def open_interviews(applications: Iterable[Application]) -> dict[int, Interview]:
    """By application; one query for a whole list."""
    rows = Interview.objects.filter(
        application__in=[a.pk for a in applications], state__in=OPEN
    )
    return {row.application_id: row for row in rows.select_related("slot")}


def last_interview(application: Application) -> Interview | None:
    """The round that stands, or the one that stood last."""
    rows = application.interviews.select_related("slot", "by_whom")
    return rows.order_by("-created_at", "-pk").first()


def interview_to_speak_of(
    application: Application, *, now: datetime, lock: bool = False
) -> Interview | None:
    """The last talk whose time is over and about which somebody may still say
    whether it took place."""
    rows = application.interviews.filter(
        Q(state__in=["needs_outcome", "held", "missed"])
        | Q(state="booked", due_at__lte=now)
    )
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return rows.select_related("slot").order_by("-due_at", "-pk").first()


def steps_of(application: Application) -> QuerySet[InterviewStep]:
    return (
        InterviewStep.objects.filter(interview__application=application)
        .select_related("interview__slot", "actor")
        .order_by("at", "pk")
    )


def with_room(slots: QuerySet[InterviewSlot]) -> QuerySet[InterviewSlot]:
    """Each with `left`, the seats that nobody has; only those that have any."""
    held = Count("taken", filter=Q(taken__state__in=SEATED))
    return slots.annotate(left=F("capacity") - Coalesce(held, 0)).filter(left__gt=0)


def slots_to_pick(interview: Interview, *, now: datetime) -> list[InterviewSlot]:
    """What can still be picked, in order of time."""
    rows = InterviewSlot.objects.filter(
        offers__interview=interview, starts_at__gte=now + PICK_AHEAD
    )
    return list(with_room(rows).order_by("starts_at", "pk"))


def free_slots(posting: Posting, *, now: datetime) -> QuerySet[InterviewSlot]:
    """Times of one posting that have room and that nobody needs to type again."""
    rows = InterviewSlot.objects.filter(
        posting=posting,
        organization=posting.organization_id,
        starts_at__gte=now + AHEAD,
    )
    return with_room(rows).order_by("starts_at", "pk")


def seats_taken(slot: InterviewSlot) -> set[int]:
    rows = Interview.objects.filter(slot=slot, state__in=SEATED)
    return {seat for seat in rows.values_list("seat", flat=True) if seat}


def settled_times(user: User, *, but: Application) -> list[tuple[datetime, int]]:
    """When a seeker is taken already, by talks in other applications."""
    rows = Interview.objects.filter(
        application__seeker__user=user, state=InterviewState.BOOKED
    ).exclude(application=but)
    return list(rows.values_list("slot__starts_at", "slot__minutes"))


def unsaid(interviews: QuerySet[Interview], *, now: datetime) -> QuerySet[Interview]:
    """Those that are over and about which the seeker has said nothing yet."""
    over = Q(state__in=["needs_outcome", "held", "missed"])
    over |= Q(state="booked", due_at__lte=now)
    return interviews.filter(over, said_by_seeker="").order_by("-due_at", "-pk")


def last_slot(posting: Posting) -> InterviewSlot | None:
    """What an employer said last about talks for this posting."""
    rows = InterviewSlot.objects.filter(
        posting=posting, organization=posting.organization_id
    )
    return rows.order_by("-pk").first()
