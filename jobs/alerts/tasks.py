from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.alerts.percolate")
def percolate() -> int:
    """Hold new postings against saved searches; safe to run twice and side by side."""
    from jobs.alerts.services import percolation

    return percolation.percolate_all(now=timezone.now)


@shared_task(name="jobs.alerts.send_alerts")
def send_alerts() -> int:
    """Write the messages that are due; safe to run twice and side by side."""
    from jobs.alerts.services import digests

    return digests.send_alerts(now=timezone.now)


@shared_task(name="jobs.alerts.refresh_anchors")
def refresh_anchors() -> int:
    from jobs.alerts.services import anchors

    return anchors.refresh_anchors()


@shared_task(name="jobs.alerts.forget_alerts")
def forget_alerts() -> int:
    from jobs.alerts.services import forgetting

    return forgetting.forget_old(now=timezone.now())
