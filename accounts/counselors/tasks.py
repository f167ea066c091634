from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.counselors.expire_credentials")
def expire_credentials() -> int:
    """End checks that ran out and remind of those that soon will."""
    from accounts.counselors.services import verification

    now = timezone.now()
    verification.remind_of_checks(now=now)
    return verification.expire_checks(now=now)
