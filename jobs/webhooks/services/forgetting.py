"""The log is for finding out what went wrong last week; after a month it goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from jobs.webhooks.models import Event

KEPT = timedelta(days=30)
# Small transactions: nobody waits, and it may be cut off anywhere.
BATCH = 1000


def old_events(*, now: datetime) -> QuerySet[Event]:
    """With their deliveries; also what still waits for an address that rests."""
    return Event.objects.filter(at__lt=now - KEPT)


def forget_old(*, now: datetime) -> int:
    """How many events went, with everything about them."""
    gone = 0
    while done := _next(now):
        gone += done
    return gone


@transaction.atomic
def _next(now: datetime) -> int:
    keys = list(old_events(now=now).order_by("pk").values_list("pk", flat=True)[:BATCH])
    Event.objects.filter(pk__in=keys).delete()
    return len(keys)
