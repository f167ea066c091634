from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.page_overdue_flags")
def page_overdue_flags() -> int:
    """Clocks that ran out: tell who is on duty and who leads, once each."""
    from accounts.care.safety.services.paging import page_overdue

    return page_overdue(now=timezone.now())


@shared_task(name="accounts.care.forget_old_flags")
def forget_old_flags() -> int:
    """Erase what was closed three years ago, and hours on duty of a year ago."""
    from accounts.care.safety.services.forgetting import forget

    return forget(now=timezone.now())
