from __future__ import annotations

from celery import shared_task
from django.utils import timezone

# Below the time limit of a task; what is left goes on in the next one.
SECONDS = 300.0


@shared_task(name="jobs.screening.rescreen_postings")
def rescreen_postings() -> None:
    """Read what is live by new rules, and carry out what may be carried out."""
    from jobs.screening.services.rescreening_outcome import work_on_run

    if work_on_run(seconds=SECONDS):
        rescreen_postings.delay()


@shared_task(name="jobs.screening.draw_sample_audit")
def draw_sample_audit() -> int:
    """Draw this month's samples unless they are drawn; safe to run twice."""
    from accounts.lib.dates import today
    from jobs.screening.rules.samples import month_of
    from jobs.screening.services import samples

    return samples.draw_sample_audit(month=month_of(today()))


@shared_task(name="jobs.screening.count_transparency")
def count_transparency() -> int:
    """Count the last full months for the page of open figures; safe to run twice."""
    from jobs.screening.services import transparency

    return transparency.count_transparency()


@shared_task(name="jobs.screening.lapse_sanctions")
def lapse_sanctions() -> None:
    """End measures and questions whose time is over; safe to run twice."""
    from jobs.screening.services import overdue

    overdue.settle_overdue(now=timezone.now())
