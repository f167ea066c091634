from __future__ import annotations

from celery import shared_task
from django.utils import timezone

# Below the time limit of a task; what is left goes on in the next one.
SECONDS = 240.0


@shared_task(name="jobs.feeds.prepare_runs")
def prepare_runs() -> None:
    """Turn rows of sent files into drafts; safe to run twice and to break off."""
    from jobs.feeds.services import runs

    if runs.prepare_waiting(seconds=SECONDS):
        prepare_runs.delay()


@shared_task(name="jobs.feeds.read_feeds")
def read_feeds() -> None:
    """Read the feeds of organisations that are due."""
    from jobs.feeds.services import sources

    sources.read_due(now=timezone.now())


@shared_task(name="jobs.feeds.forget_bulk_rows")
def forget_bulk_rows() -> int:
    """Take away the rows of files that were done with a month ago."""
    from jobs.feeds.services import runs

    return runs.forget_rows(now=timezone.now())
