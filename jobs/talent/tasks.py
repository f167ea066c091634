from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.talent.expire_pool")
def expire_pool() -> int:
    """End questions nobody answered, and yeses that ran out."""
    from jobs.talent.services import pool

    return pool.expire_pool(now=timezone.now())


@shared_task(name="jobs.talent.erase_old_team_records")
def erase_old_team_records() -> dict[str, int]:
    """Erase notes, scorecards and old questions whose time is over."""
    from jobs.talent.services import retention

    return retention.erase_old_team_records(now=timezone.now())
