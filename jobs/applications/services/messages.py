from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.access import is_stopped, lines_since, unanswered_on, unread_for
from jobs.applications.enums import (
    ENDED_STATES,
    ContactChannel,
    MessageRefusal,
    Side,
)
from jobs.applications.models import Application, ContactStop, Message
from jobs.applications.rules.contact import (
    SEEKER_LINES_AN_HOUR,
    UNANSWERED_A_DAY,
    delivery_at,
    shanghai_day,
)
from jobs.applications.services.attachments import keep_files
from jobs.applications.services.parties import lock_pair, side_of
from jobs.applications.services.wording import checked_text
from jobs.postings.enums import PostingState


class MessageRefused(TransitionRefused):
    """Not taken; `reason` says why, and nothing was kept."""

    def __init__(self, reason: MessageRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def send_message(
    *,
    application: Application,
    actor: User,
    text: str,
    files: Sequence[tuple[str, bytes]] = (),
    now: datetime | None = None,
) -> Message:
    """A line from either side, with pictures or PDFs as (name, bytes); an employer's
    words of the night arrive at 8:00.

    Raises MessageRefused, FileRefused.
    """
    now = now or timezone.now()
    locked = lock_pair(application)
    side = Side(side_of(actor, locked))
    if reason := why_no_message(locked, side, now=now):
        raise MessageRefused(reason)
    body, reason = checked_text(text, side=side, application=locked)
    if reason:
        raise MessageRefused(reason)
    if side == Side.SEEKER:
        _talk_again(locked, now)
    message = Message.objects.create(
        application=locked,
        sender=actor,
        side=side,
        body=body,
        sent_at=now,
        visible_at=delivery_at(now) if side == Side.EMPLOYER else now,
    )
    keep_files(message, files)
    emails.tell_of_message(message, first_unread=_first_unread(message))
    record_event(
        action="application.message",
        actor=actor,
        on=locked,
        about=locked.seeker.user,
        detail={"side": side.value} | ({"files": len(files)} if files else {}),
    )
    return message


def why_no_message(
    application: Application, side: Side, *, now: datetime
) -> MessageRefusal | None:
    """What stands against a line from this side, whatever it says."""
    if application.state in ENDED_STATES:
        return MessageRefusal.ENDED
    if application.posting.state == PostingState.REMOVED:
        return MessageRefusal.TAKEN_DOWN
    if side == Side.SEEKER:
        written = lines_since(application, now - timedelta(hours=1))
        return MessageRefusal.TOO_MANY if written >= SEEKER_LINES_AN_HOUR else None
    if is_stopped(application, ContactChannel.MESSAGE):
        return MessageRefusal.STOPPED
    arrives = shanghai_day(delivery_at(now))
    if unanswered_on(application, arrives) >= UNANSWERED_A_DAY:
        return MessageRefusal.WAIT
    return None


def _talk_again(application: Application, now: datetime) -> None:
    """Whoever writes to an organisation wants an answer from it."""
    ContactStop.objects.filter(
        organization=application.organization_id,
        seeker=application.seeker_id,
        channel=ContactChannel.MESSAGE,
        lifted_at__isnull=True,
    ).update(lifted_at=now)


def _first_unread(message: Message) -> int:
    """The line that began what the other side has not read yet: one notice for all."""
    unread = Message.objects.filter(
        application=message.application_id, side=message.side, read_at__isnull=True
    )
    return int(unread.order_by("pk").values_list("pk", flat=True)[0])


def read_messages(
    *, application: Application, actor: User, now: datetime | None = None
) -> int:
    """The person opened the page: what the other side wrote counts as read, once."""
    now = now or timezone.now()
    unread = unread_for(Side(side_of(actor, application)), now=now)
    return unread.filter(application=application).update(read_at=now)
