from __future__ import annotations

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from accounts.employers.access import admin_organization_for
from accounts.employers.models import Organization
from accounts.identity.models import User
from jobs.webhooks.enums import UNSETTLED, DeliveryState
from jobs.webhooks.models import Attempt, Delivery, Endpoint


def organization_of(user: User) -> Organization:
    """Whose addresses the person looks after; 403 for colleagues, 404 for others."""
    return admin_organization_for(user)


def endpoints_for(user: User) -> QuerySet[Endpoint]:
    """Of the person's organisation, with `waiting` and `dead` counted."""
    waiting = Count("deliveries", filter=Q(deliveries__state__in=UNSETTLED))
    dead = Count("deliveries", filter=Q(deliveries__state=DeliveryState.DEAD))
    mine = Endpoint.objects.filter(organization=organization_of(user))
    found = mine.select_related("organization").annotate(waiting=waiting, dead=dead)
    return found.order_by("slot")


def endpoint_for(user: User, public_id: UUID) -> Endpoint:
    return get_object_or_404(endpoints_for(user), public_id=public_id)


def deliveries_of(
    endpoint: Endpoint, *, state: str = "", kind: str = ""
) -> QuerySet[Delivery]:
    """The log, each with what came of the last try; `kind` is an event type."""
    tries = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-at", "-pk")
    found = Delivery.objects.filter(endpoint=endpoint).select_related("event")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(event__type=kind)
    return found.annotate(
        last_status=Subquery(tries.values("status")[:1]),
        last_problem=Subquery(tries.values("problem")[:1]),
        last_at=Subquery(tries.values("at")[:1]),
    )


def delivery_for(user: User, public_id: UUID) -> Delivery:
    """404 for every organisation but the one it was written for."""
    mine = Delivery.objects.filter(endpoint__organization=organization_of(user))
    found = mine.select_related("event", "endpoint__organization")
    return get_object_or_404(found, public_id=public_id)
