"""What was found long ago is of no use to anybody, and it says what somebody wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from jobs.alerts.models import AlertDigest, AlertMatch, SavedSearch
from jobs.postings.models import Posting

KEPT = timedelta(days=90)
# Small transactions: nobody waits, and it may be cut off anywhere.
BATCH = 5000


def forget_old(
    *, now: datetime, progress: Callable[[int], object] = lambda _n: None
) -> int:
    """Delete what `old_matches` and `old_digests` name; returns how many rows."""
    gone = 0
    for rows in (old_matches(now), old_digests(now)):
        while done := _next(rows):
            gone += done
            progress(done)
    return gone


def old_matches(now: datetime) -> QuerySet[AlertMatch]:
    """Found long ago and not open any more; and those whose search or posting is gone.

    A posting that is still open stays known: otherwise a change would tell it again.
    """
    searches = SavedSearch.objects.filter(pk=OuterRef("search_id"))
    postings = Posting.objects.filter(pk=OuterRef("posting_id"))
    is_past = Q(found_at__lt=now - KEPT) & ~Exists(postings.open())
    return AlertMatch.objects.filter(is_past | ~Exists(searches) | ~Exists(postings))


def old_digests(now: datetime) -> QuerySet[AlertDigest]:
    return AlertDigest.objects.filter(at__lt=now - KEPT)


@transaction.atomic
def _next(rows: QuerySet[AlertMatch] | QuerySet[AlertDigest]) -> int:
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    return rows.model.objects.filter(pk__in=keys).delete()[0]
