from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.employers.access import organization_for
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import ENDED_STATES, WAITING_STATES
from jobs.applications.models import Application
from jobs.postings.models import Posting
from jobs.screening.enums import Reason, SanctionKind
from jobs.screening.models.sanctions import Sanction, SanctionQuerySet


def applications_of(user: User) -> QuerySet[Application]:
    """A seeker's own, newest first."""
    return (
        Application.objects.filter(seeker__user=user)
        .select_related("posting__organization")
        .order_by("-submitted_at", "-pk")
    )


def application_of(user: User, public_id: UUID) -> Application:
    """404 for everyone but the seeker who sent it."""
    return get_object_or_404(
        applications_of(user).select_related("organization", "seeker__user"),
        public_id=public_id,
    )


def active_application(seeker: SeekerProfile, posting: Posting) -> Application | None:
    """The one application of this seeker to this posting that has not ended."""
    return (
        Application.objects.filter(seeker=seeker, posting=posting)
        .exclude(state__in=ENDED_STATES)
        .first()
    )


def inbox_of(user: User) -> QuerySet[Application]:
    """What the user's organisation received, those waiting longest first."""
    return (
        Application.objects.filter(organization=organization_for(user))
        .select_related("posting", "seeker")
        .order_by("submitted_at", "pk")
    )


def received_application(user: User, public_id: UUID) -> Application:
    """404 for everyone outside the organisation it was sent to."""
    return get_object_or_404(
        inbox_of(user).select_related("organization", "seeker__user"),
        public_id=public_id,
    )


# ---- Pauses because somebody waited in vain


def covenant_measures() -> SanctionQuerySet:
    """Pauses that the system took because the promise to answer was broken."""
    return Sanction.objects.filter(
        kind=SanctionKind.PAUSED,
        imposed_by__isnull=True,
        basis__contains=[Reason.RESPONSE_COVENANT],
    )


def covenant_pauses_of(user: User) -> SanctionQuerySet:
    """Of the user's organisation, the newest first; 404 without one."""
    found = covenant_measures().filter(organization=organization_for(user))
    return found.select_related("posting", "organization").order_by("-at", "-pk")


def covenant_pause_of(user: User, public_id: UUID) -> Sanction:
    return get_object_or_404(covenant_pauses_of(user), public_id=public_id)


def waiting_under(measure: Sanction) -> QuerySet[Application]:
    """Who has to be answered before this pause can end, the longest waiting first."""
    waiting = Application.objects.filter(
        organization=measure.organization, state__in=WAITING_STATES
    )
    if measure.posting is not None:
        waiting = waiting.filter(posting=measure.posting)
    return waiting.select_related("posting").order_by("submitted_at", "pk")
