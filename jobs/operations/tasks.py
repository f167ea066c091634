from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.operations.forget_task_runs")
def forget_task_runs() -> int:
    """Forget runs that had their time; safe to run twice."""
    from jobs.operations.services import runs

    return runs.forget_runs(now=timezone.now())
