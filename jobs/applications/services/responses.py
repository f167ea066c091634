from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.db.models import Min, Q

from accounts.employers.models import ResponseRecord
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application
from jobs.applications.rules.responses import ANSWERS, PERIOD, Wait, count_waits

BATCH = 500
COUNTED = ("waits", "answered", "median_hours", "counted_at")


def count_responses(*, now: datetime) -> int:
    """Write every organisation's record anew, in two reads; safe side by side.

    Returns how many organisations have ended waits in the period.
    """
    fresh = {record.organization_id: record for record in _records(now)}
    stale = ResponseRecord.objects.exclude(organization__in=fresh)
    stale.filter(waits__gt=0).update(
        waits=0, answered=0, median_hours=None, counted_at=now
    )
    ResponseRecord.objects.bulk_create(
        [fresh[pk] for pk in sorted(fresh)],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organization"],
        update_fields=COUNTED,
    )
    return len(fresh)


def _records(now: datetime) -> Iterator[ResponseRecord]:
    rows = _waits(now)
    for organization, found in groupby(rows, key=lambda row: row[0]):
        count = count_waits(wait for _organization, wait in found)
        if count.waits:
            yield ResponseRecord(
                organization_id=organization,
                waits=count.waits,
                answered=count.answered,
                median_hours=count.median_hours,
                counted_at=now,
            )


def _waits(now: datetime) -> Iterator[tuple[int, Wait]]:
    answer = Min("transitions__at", filter=Q(transitions__event__in=ANSWERS))
    over = Q(first_answer__isnull=False) | Q(state=ApplicationState.NO_RESPONSE)
    rows = (
        Application.objects.filter(submitted_at__gt=now - PERIOD)
        .annotate(first_answer=answer)
        .filter(over)
        .order_by("organization_id")
        .values_list("organization_id", "submitted_at", "first_answer", "state")
    )
    for organization, sent, answered, state in rows.iterator():
        yield organization, Wait(sent, answered, state)
