from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.evidence.erase_old_documents")
def erase_old_documents() -> int:
    """Erase files that had their time, and files no row knows."""
    from accounts.evidence.services import erase_due

    return erase_due(now=timezone.now())
