from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.identity import transport
from accounts.identity.enums import Channel, MessageState
from accounts.identity.models import OutboxMessage, User
from accounts.identity.tasks import send_due_messages

MAX_ATTEMPTS = 6
CLAIM_SECONDS = 120
BATCH = 20


def queue_message(
    *,
    user: User | None,
    template: str,
    context: dict[str, Any],
    dedupe_key: str,
    channel: Channel | None = None,
    address: str = "",
    due_at: datetime | None = None,
) -> OutboxMessage | None:
    """Write a message to a person down; a task sends it after commit.

    Renders templates/emails/<template>.txt (first line = subject, then the body) in the
    person's language; text messages use <template>.sms.txt. Returns None when the same
    dedupe_key was written before or the person cannot be reached.
    """
    channel, address = _way_to_reach(user, channel, address)
    if not address:
        return None
    language = user.language if user else translation.get_language() or "zh-hans"
    subject, body = _render(template, context, channel, language)
    message, created = OutboxMessage.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "user": user,
            "channel": channel,
            "address": address,
            "template": template,
            "language": language,
            "subject": subject,
            "body": body,
            "due_at": due_at or timezone.now(),
        },
    )
    if not created:
        return None
    send_due_messages.delay_on_commit()
    return message


def _way_to_reach(
    user: User | None, channel: Channel | None, address: str
) -> tuple[Channel, str]:
    if address:
        return channel or (Channel.EMAIL if "@" in address else Channel.SMS), address
    if user is None:
        return Channel.EMAIL, ""
    if user.email and channel != Channel.SMS:
        return Channel.EMAIL, user.email
    return Channel.SMS, user.phone or ""


def _render(
    template: str, context: dict[str, Any], channel: Channel, language: str
) -> tuple[str, str]:
    suffix = ".sms.txt" if channel == Channel.SMS else ".txt"
    with translation.override(language):
        text = render_to_string(f"emails/{template}{suffix}", context).strip()
    if channel == Channel.SMS:
        return "", text
    subject, _, body = text.partition("\n")
    return subject.strip()[:200], body.strip() + "\n"


def claim_due_messages(*, now: datetime, limit: int = BATCH) -> list[OutboxMessage]:
    """Take messages for sending; two workers never get the same one."""
    with transaction.atomic():
        due = list(
            OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=MessageState.PENDING, due_at__lte=now)
            .order_by("due_at", "pk")[:limit]
        )
        for message in due:
            message.state = MessageState.SENDING
            message.claimed_at = now
            message.attempts += 1
            message.save(update_fields=["state", "claimed_at", "attempts"])
    return due


def send_message(*, message: OutboxMessage, now: datetime) -> bool:
    """Send one claimed message; a failure waits longer each time, then is kept."""
    try:
        transport.deliver(message)
    except transport.DeliveryFailed as error:
        _note_failure(message, error, now)
        return False
    OutboxMessage.objects.filter(pk=message.pk, state=MessageState.SENDING).update(
        state=MessageState.SENT, sent_at=now, last_error=""
    )
    return True


def _note_failure(
    message: OutboxMessage, error: transport.DeliveryFailed, now: datetime
) -> None:
    gives_up = error.permanent or message.attempts >= MAX_ATTEMPTS
    OutboxMessage.objects.filter(pk=message.pk, state=MessageState.SENDING).update(
        state=MessageState.FAILED if gives_up else MessageState.PENDING,
        due_at=now + timedelta(minutes=2**message.attempts),
        claimed_at=None,
        last_error=str(error)[:300],
    )


def release_stuck_messages(*, now: datetime) -> int:
    """Give messages of a worker that died back to the queue.

    The transport is asked with the message's public id, so that a provider (or the file
    outbox) drops the second copy if the first had left before the worker died.
    """
    return OutboxMessage.objects.filter(
        state=MessageState.SENDING,
        claimed_at__lt=now - timedelta(seconds=CLAIM_SECONDS),
    ).update(state=MessageState.PENDING, claimed_at=None, due_at=F("due_at"))
