"""Tasks for a real worker in tests: the same work, in small pieces and by day."""

from __future__ import annotations

from celery import shared_task

from jobs.alerts.services import digests, percolation
from tests.jobs.alerts.make import shanghai

SEND, COMPARE = "tests.send_alerts_in_the_morning", "tests.percolate_in_the_morning"
MORNING = shanghai(24, 9)
# So many people, and so many postings, are lost at most with a worker.
SOME = 5


@shared_task(name=SEND)  # type: ignore[untyped-decorator]
def send_in_the_morning() -> int:
    digests.CHUNK = SOME
    return digests.send_alerts(now=lambda: MORNING)


@shared_task(name=COMPARE)  # type: ignore[untyped-decorator]
def percolate_in_the_morning() -> int:
    return percolation.percolate_all(now=lambda: MORNING, limit=SOME)
