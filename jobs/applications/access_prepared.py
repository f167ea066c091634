from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.applications.enums import PreparedState
from jobs.applications.models import PreparedApplication


def prepared_for(user: User) -> QuerySet[PreparedApplication]:
    """What waits for this person's yes, newest first; 404 for every other kind."""
    _seekers_only(user)
    found = PreparedApplication.objects.filter(
        seeker__user=user, state=PreparedState.WAITING, expires_at__gt=timezone.now()
    )
    return found.select_related(
        "posting__organization", "seeker__user", "prepared_by"
    ).order_by("-prepared_at", "-pk")


def prepared_of(user: User, public_id: UUID) -> PreparedApplication:
    """The person's own, whatever its state."""
    _seekers_only(user)
    found = PreparedApplication.objects.filter(seeker__user=user).select_related(
        "posting__organization", "seeker__user", "prepared_by", "application"
    )
    return get_object_or_404(found, public_id=public_id)


def _seekers_only(user: User) -> None:
    if user.kind != Kind.SEEKER:
        raise Http404
