from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.send_visit_reminders")
def send_visit_reminders() -> int:
    from accounts.care.scheduling.services.reminders import send_due

    return send_due(now=timezone.now())
