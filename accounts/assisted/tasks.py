from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.assisted.expire_assisted")
def expire_assisted() -> int:
    """Erase drafts that nobody took over, end grants that ran out."""
    from accounts.assisted.services import drafts, grants

    now = timezone.now()
    return drafts.expire_drafts(now=now) + grants.end_grants(now=now)
