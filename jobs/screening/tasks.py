from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.screening.lapse_sanctions")
def lapse_sanctions() -> None:
    """End measures and questions whose time is over; safe to run twice."""
    from jobs.screening.services import overdue

    overdue.settle_overdue(now=timezone.now())
