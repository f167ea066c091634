from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.resumes.forget_shares")
def forget_shares() -> int:
    """Delete links that ended a month ago, with their counts."""
    from jobs.resumes.services import shares

    return shares.forget_shares(now=timezone.now())
