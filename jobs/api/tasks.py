from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.api.warn_expiring_keys")
def warn_expiring_keys() -> int:
    """Tell administrators about keys that end within a fortnight."""
    from jobs.api.services import keys

    return keys.warn_expiring(now=timezone.now())


@shared_task(name="jobs.api.forget_api_answers")
def forget_api_answers() -> int:
    """Delete answers that were kept for a day."""
    from jobs.api.services import answers

    return answers.forget_answers(now=timezone.now())
