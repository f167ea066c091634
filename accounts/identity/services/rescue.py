"""What an operator may do with one message: send it once more, or drop it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.identity.enums import MessageState
from accounts.identity.models import OutboxMessage, OutboxStep, User
from accounts.identity.services.audit import record_event
from accounts.identity.services.outbox import wake_a_worker

# Where one has left, or a worker holds it, nothing can be done about it.
MAY_RETRY = (MessageState.FAILED,)
MAY_DISCARD = (MessageState.PENDING, MessageState.FAILED)


class MessageMovedOn(Exception):  # noqa: N818 - reads as the event it is
    """It left, was dropped, or is being sent at this moment."""


class AddressForgotten(Exception):  # noqa: N818 - reads as the event it is
    """Words and address are blank: there is nothing left to send."""


class TooLate(Exception):  # noqa: N818 - reads as the event it is
    """Such as a code that has run out."""


@transaction.atomic
def retry_message(*, message: OutboxMessage, actor: User, reason: str) -> OutboxMessage:
    row = _locked(message, MAY_RETRY)
    now = timezone.now()
    if not row.address:
        raise AddressForgotten
    if row.expires_at and row.expires_at <= now:
        raise TooLate
    row.state, row.attempts, row.due_at = MessageState.PENDING, 0, now
    row.claimed_at = None
    row.save(update_fields=["state", "attempts", "due_at", "claimed_at"])
    _record(OutboxStep.RETRIED, row, actor, reason)
    wake_a_worker()
    return row


def retry_messages(
    *, messages: Iterable[OutboxMessage], actor: User, reason: str
) -> int:
    """Each on its own; those that cannot be sent any more are left out."""
    sent = 0
    for message in messages:
        try:
            retry_message(message=message, actor=actor, reason=reason)
        except (MessageMovedOn, AddressForgotten, TooLate):
            continue
        sent += 1
    return sent


@transaction.atomic
def discard_message(
    *, message: OutboxMessage, actor: User, reason: str
) -> OutboxMessage:
    row = _locked(message, MAY_DISCARD)
    row.state, row.last_error = MessageState.CANCELLED, "dropped by an operator"
    row.save(update_fields=["state", "last_error"])
    _record(OutboxStep.DISCARDED, row, actor, reason)
    return row


def _locked(message: OutboxMessage, states: tuple[MessageState, ...]) -> OutboxMessage:
    row = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if row.state not in states:
        raise MessageMovedOn(row.state)
    return row


def _record(step: str, row: OutboxMessage, actor: User, reason: str) -> None:
    record_event(
        action=f"operations.message_{step}",
        actor=actor,
        on=row,
        about=row.user,
        detail={"template": row.template},
    )
    OutboxStep.objects.create(message=row, step=step, reason=reason, actor=actor)
