from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.assisted.expire_assisted")
def expire_assisted() -> int:
    """Erase drafts and suggestions that nobody answered, end grants that ran out."""
    from accounts.assisted.services import drafts, grants, proposals

    now = timezone.now()
    erased = drafts.expire_drafts(now=now) + proposals.expire_proposals(now=now)
    return erased + grants.end_grants(now=now)
