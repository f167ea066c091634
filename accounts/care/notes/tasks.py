from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.purge_notes")
def purge_notes() -> int:
    """Delete notes of cases that closed three years ago, and forms nobody came back for."""
    from accounts.care.notes.services import forgetting

    return forgetting.purge_notes(now=timezone.now())
