from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.postings.expire_postings")
def expire_postings() -> None:
    """End what is overdue, pause what lost its employer's check; safe to run twice."""
    from jobs.postings import services

    services.end_overdue(now=timezone.now())
