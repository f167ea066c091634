from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.matching.refresh_interest")
def refresh_interest() -> int:
    """Count applications anew for every open posting; safe to run twice."""
    from jobs.matching.services import interest

    return interest.refresh_interest()


@shared_task(name="jobs.matching.pack_matching")
def pack_matching() -> int:
    """Write what changed since the last night to disk; safe to run twice."""
    from jobs.matching import packing

    return sum(1 for _shard in packing.pack(now=timezone.now()))
