"""The demo employer's own hiring system, and how the last days went with it.

Its address exists nowhere and it is paused, so that nothing ever leaves the demo.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.employers.models import Organization
from accounts.identity.models import User
from jobs.applications.models import Application, ApplicationTransition
from jobs.postings.models import PostingTransition
from jobs.webhooks.enums import CHOSEN, DeliveryState, EndpointState, EventType
from jobs.webhooks.models import Attempt, Delivery, Endpoint
from jobs.webhooks.services.endpoints import add_endpoint
from jobs.webhooks.services.events import note_application_step, note_posting_steps

ADDRESS = "https://hr.haitangwan.example/ashore/notices"
ARCHIVE = "https://archive.haitangwan.example/in"
SHOWN = timedelta(days=21)
QUICK = timedelta(seconds=1)
SOON = timedelta(minutes=2)


def load_webhooks(organization: Organization, member: User, *, now: datetime) -> None:
    endpoint = add_endpoint(
        organization=organization,
        actor=member,
        url=ADDRESS,
        events=[kind.value for kind in CHOSEN],
    )
    _tell(organization, now - SHOWN)
    for way in Delivery.objects.filter(endpoint=endpoint).order_by("pk"):
        _arrived(way, place=way.pk)
    last = Delivery.objects.filter(endpoint=endpoint).order_by("-event__at").first()
    if last is not None:
        _given_up(last)
    arrived = Delivery.objects.filter(endpoint=endpoint, arrived_at__isnull=False)
    latest = arrived.order_by("-arrived_at").first()
    Endpoint.objects.filter(pk=endpoint.pk).update(
        state=EndpointState.PAUSED,
        created_at=now - SHOWN,
        arrived_at=latest.arrived_at if latest else None,
    )
    add_endpoint(
        organization=organization,
        actor=member,
        url=ARCHIVE,
        events=[EventType.POSTING_PUBLISHED.value, EventType.POSTING_CLOSED.value],
    )
    Endpoint.objects.filter(url=ARCHIVE).update(state=EndpointState.PAUSED)


def _tell(organization: Organization, since: datetime) -> None:
    """What happened there in the stories, as if it had been told at the time."""
    steps = PostingTransition.objects.filter(
        posting__organization=organization, at__gte=since
    )
    note_posting_steps(list(steps.select_related("posting").order_by("at", "pk")))
    received = Application.objects.filter(organization=organization)
    moves = ApplicationTransition.objects.filter(
        application__in=received, at__gte=since
    )
    found = moves.select_related("application__posting").order_by("at", "pk")
    for move in found:
        note_application_step(move)


def _arrived(way: Delivery, *, place: int) -> None:
    """Now and then only at the second try."""
    at = way.event.at + QUICK
    if place % 7 == 0:
        Attempt.objects.create(
            delivery=way,
            at=at,
            took_ms=212,
            status=503,
            problem="status",
            excerpt="升级中，请稍后再试",
        )
        at += SOON
    Attempt.objects.create(
        delivery=way, at=at, took_ms=90 + place % 60, status=200, excerpt='{"ok":true}'
    )
    way.state, way.arrived_at = DeliveryState.DELIVERED, at
    way.attempts, way.created_at = way.tries.count(), way.event.at
    way.save()


def _given_up(way: Delivery) -> None:
    way.tries.all().delete()
    for number in range(3):
        Attempt.objects.create(
            delivery=way,
            at=way.event.at + SOON * 2**number,
            took_ms=10_000,
            problem="timeout",
        )
    way.state, way.arrived_at, way.attempts = DeliveryState.DEAD, None, 3
    way.save()
