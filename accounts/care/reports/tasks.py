from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.freeze_care_figures")
def freeze_care_figures() -> int:
    """The tables of the last quarter, once its week has passed; 0 where they are there."""
    from accounts.care.reports.services import freezing

    now = timezone.now()
    quarter = freezing.due_quarter(now=now)
    return len(freezing.freeze(quarter=quarter, now=now)) if quarter else 0
