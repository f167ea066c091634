from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.webhooks.deliver_webhooks")
def deliver_webhooks() -> int:
    """Send what is due; safe to run twice and side by side."""
    from jobs.webhooks.services import deliveries

    return deliveries.deliver_due(now=timezone.now)


@shared_task(name="jobs.webhooks.forget_webhooks")
def forget_webhooks() -> int:
    from jobs.webhooks.services import forgetting

    return forgetting.forget_old(now=timezone.now())
