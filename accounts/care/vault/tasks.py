from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.tend_grants")
def tend_grants() -> int:
    """End what ran out, tell people two weeks before."""
    from accounts.care.vault.services import grants

    now = timezone.now()
    return grants.end_run_out(now=now) + grants.tell_ending(now=now)


@shared_task(name="accounts.care.forget_looks")
def forget_looks() -> int:
    """Delete lines of the log that had their three years."""
    from accounts.care.vault.services import forgetting

    return forgetting.forget_looks(now=timezone.now())
