from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.employers.access import organization_for
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import ENDED_STATES
from jobs.applications.models import Application
from jobs.postings.models import Posting


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
