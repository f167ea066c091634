from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.insights.count_hiring")
def count_hiring() -> int:
    """Write anew who was hired and stayed, for every employer."""
    from jobs.insights.services import hiring

    return hiring.count_hiring(now=timezone.now())


@shared_task(name="jobs.insights.forget_counts")
def forget_counts() -> int:
    """Delete counted days that no page shows any more."""
    from jobs.insights.services import forgetting

    return forgetting.forget_counts(now=timezone.now(), for_real=True)
