from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.forget_transcripts")
def forget_transcripts() -> int:
    """End rooms whose time is over, delete words that had theirs."""
    from accounts.care.rooms.services import rooms, transcripts

    rooms.end_due()
    return transcripts.forget_due(now=timezone.now())
