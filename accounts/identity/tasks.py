from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.identity.models import Heartbeat


@shared_task(name="accounts.identity.note_heartbeat")
def note_heartbeat() -> None:
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@shared_task(name="accounts.identity.send_due_messages")
def send_due_messages() -> int:
    """Send what is due; safe to run twice and side by side."""
    from accounts.identity.services import outbox

    return outbox.send_due()


@shared_task(name="accounts.identity.release_stuck_messages")
def release_stuck_messages() -> int:
    from accounts.identity.services import outbox

    return outbox.release_stuck_messages(now=timezone.now())


@shared_task(name="accounts.identity.blank_old_messages")
def blank_old_messages() -> int:
    """Forget words and addresses of messages that left a month ago."""
    from accounts.identity.services import leaving

    return leaving.blank_old_messages(now=timezone.now())
