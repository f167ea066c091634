from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.identity import transport
from accounts.identity.enums import Channel, MessageState
from accounts.identity.models import OutboxMessage, User
from accounts.identity.registry import courier_of
from accounts.identity.tasks import send_due_messages
from accounts.lib.bulk import copy_rows

MAX_ATTEMPTS = 6
# Longer than one transport takes to give up (20 seconds), with room to spare.
CLAIM_SECONDS = 120
BATCH = 20
URGENT = 9
ORDINARY = 5

logger = logging.getLogger(__name__)


def queue_message(
    *,
    user: User | None,
    template: str,
    context: dict[str, Any],
    dedupe_key: str,
    channel: Channel | None = None,
    address: str = "",
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    priority: int = ORDINARY,
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
            "expires_at": expires_at,
            "priority": priority,
        },
    )
    if not created:
        return None
    wake_a_worker()
    return message


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to one of many people."""

    user: User
    template: str
    context: dict[str, Any]
    dedupe_key: str


def queue_messages(drafts: Sequence[Draft]) -> int:
    """Write many messages down in one statement, as `queue_message` does for one.

    Returns how many were new and had somewhere to go.
    """
    messages = [message for draft in drafts if (message := _message_of(draft))]
    keys = [message.dedupe_key for message in messages]
    known = set(
        OutboxMessage.objects.filter(dedupe_key__in=keys).values_list(
            "dedupe_key", flat=True
        )
    )
    fresh = [message for message in messages if message.dedupe_key not in known]
    copy_rows(fresh)
    if fresh:
        wake_a_worker()
    return len(fresh)


def _message_of(draft: Draft) -> OutboxMessage | None:
    channel, address = _way_to_reach(draft.user, None, "")
    if not address:
        return None
    language = draft.user.language
    subject, body = _render(draft.template, draft.context, channel, language)
    return OutboxMessage(
        user=draft.user,
        channel=channel,
        address=address,
        template=draft.template,
        language=language,
        subject=subject,
        body=body,
        dedupe_key=draft.dedupe_key,
        priority=ORDINARY,
    )


def cancel_messages(*, dedupe_prefix: str) -> int:
    """Take back what has not left yet; what a worker holds already is let go."""
    waiting = OutboxMessage.objects.filter(
        dedupe_key__startswith=dedupe_prefix, state=MessageState.PENDING
    )
    return waiting.update(state=MessageState.CANCELLED, last_error="not wanted")


def forget_message(*, dedupe_key: str) -> None:
    """Sent or not: nothing of it is kept, and what has not left does not leave."""
    OutboxMessage.objects.filter(dedupe_key=dedupe_key).delete()


def wake_a_worker() -> None:
    """Only a nudge: the schedule finds the row even when no broker answers now."""
    transaction.on_commit(send_due_messages.delay, robust=True)


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
    """Take messages for sending, urgent first; two workers never get the same one."""
    with transaction.atomic():
        due = list(
            OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=MessageState.PENDING, due_at__lte=now)
            .order_by("-priority", "due_at", "pk")[:limit]
        )
        for message in due:
            message.state = MessageState.SENDING
            message.claimed_at = now
            message.attempts += 1
            message.save(update_fields=["state", "claimed_at", "attempts"])
    return due


def send_message(*, message: OutboxMessage, now: datetime) -> bool:
    """Send one claimed message; a failure waits longer each time, then is kept."""
    if not _still_ours(message, now):
        return False
    if message.expires_at and message.expires_at <= now:
        _settle(message, state=MessageState.CANCELLED, last_error="expired")
        return False
    if not _may_leave(message, now):
        return False
    try:
        transport.deliver(message)
    except transport.DeliveryFailed as error:
        _note_failure(message, str(error), permanent=error.permanent, now=now)
        return False
    except Exception as error:  # noqa: BLE001 - one bad message must not stop the rest
        logger.warning("message %s: %s", message.pk, type(error).__name__)
        _note_failure(message, type(error).__name__, permanent=False, now=now)
        return False
    _settle(message, state=MessageState.SENT, sent_at=now, last_error="")
    return True


@transaction.atomic
def _may_leave(message: OutboxMessage, now: datetime) -> bool:
    """Ask whoever wrote it: an hour later it may be unwanted, or night."""
    courier = courier_of(message)
    if courier is None:
        return True
    moment = courier.leaves_at(message, now)
    if moment is None:
        _settle(message, state=MessageState.CANCELLED, last_error="not wanted")
    elif moment > now:
        # It was not tried, so it does not count as a try.
        _settle(
            message,
            state=MessageState.PENDING,
            due_at=moment,
            claimed_at=None,
            attempts=message.attempts - 1,
        )
    return moment is not None and moment <= now


def _still_ours(message: OutboxMessage, now: datetime) -> bool:
    """Renew the claim: after a slow batch another worker may hold the message."""
    renewed = OutboxMessage.objects.filter(
        pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at
    ).update(claimed_at=now)
    message.claimed_at = now
    return bool(renewed)


def _settle(message: OutboxMessage, **values: Any) -> None:
    """Write the outcome, unless somebody else has taken the message over."""
    OutboxMessage.objects.filter(
        pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at
    ).update(**values)


def _note_failure(
    message: OutboxMessage, reason: str, *, permanent: bool, now: datetime
) -> None:
    gives_up = permanent or message.attempts >= MAX_ATTEMPTS
    _settle(
        message,
        state=MessageState.FAILED if gives_up else MessageState.PENDING,
        due_at=now + timedelta(minutes=2**message.attempts),
        claimed_at=None,
        last_error=reason[:300],
    )


def release_stuck_messages(*, now: datetime) -> int:
    """Give messages of a worker that died back to the queue, or give them up.

    Each transport names the message by its public id, so that a provider (or the file
    outbox) drops the second copy if the first had left before the worker died.
    """
    stuck = OutboxMessage.objects.filter(
        state=MessageState.SENDING,
        claimed_at__lt=now - timedelta(seconds=CLAIM_SECONDS),
    )
    hopeless = stuck.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=MessageState.FAILED, claimed_at=None, last_error="worker lost"
    )
    return hopeless + stuck.filter(attempts__lt=MAX_ATTEMPTS).update(
        state=MessageState.PENDING, claimed_at=None
    )


def send_due(*, now: datetime | None = None) -> int:
    """Everything that is due, in batches; returns how many went out."""
    sent = 0
    while batch := claim_due_messages(now=now or timezone.now()):
        for message in batch:
            sent += send_message(message=message, now=timezone.now())
    return sent
