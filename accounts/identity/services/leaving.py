"""What this app hands out to a person, and what it forgets when they leave."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.identity.access import trail_for
from accounts.identity.enums import MessageState
from accounts.identity.models import OutboxMessage, User
from accounts.identity.services.audit import record_event
from accounts.identity.words import line_for

# A message that left long ago is of no use to anybody, to us least of all.
KEEP_MESSAGES = timedelta(days=30)
# What carries a code or an answer to nobody in particular is not part of a copy.
_SECRET = ("account/code", "account/already_here", "account/unknown")
_LAST = "privacy/erased"
_OVER = (MessageState.SENT, MessageState.FAILED, MessageState.CANCELLED)


def export_account(user: User) -> dict[str, Any]:
    steps = Authenticator.objects.filter(user=user).order_by("pk")
    return {
        "kind": user.kind,
        "name": user.display_name,
        "phone": user.phone,
        "email": user.email,
        "language": user.language,
        "joined_at": user.date_joined.isoformat(),
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        "has_password": user.has_usable_password(),
        "addresses": [
            {"email": row.email, "confirmed": row.verified}
            for row in EmailAddress.objects.filter(user=user).order_by("pk")
        ],
        "second_steps": [
            {"type": row.type, "added_at": row.created_at.isoformat()} for row in steps
        ],
        "devices": [
            {
                "ip": row.ip,
                "browser": row.user_agent,
                "since": row.created_at.isoformat(),
                "last_seen": row.last_seen_at.isoformat(),
            }
            for row in UserSession.objects.filter(user=user).order_by("pk")
        ],
    }


def export_messages(user: User) -> list[dict[str, Any]]:
    """What was sent to the person; codes and forgotten ones without their words."""
    rows = OutboxMessage.objects.filter(user=user).exclude(template__in=_SECRET)
    return [
        {
            "at": row.created_at.isoformat(),
            "to": row.address,
            "subject": row.subject,
            "text": row.body,
            "state": row.state,
        }
        for row in rows.order_by("pk")
    ]


def export_trail(user: User) -> list[dict[str, Any]]:
    return [
        {"at": line.when.isoformat(), "what": line.what, "by": line.who}
        for line in (line_for(event, user) for event in trail_for(user))
    ]


def count_devices(user: User) -> int:
    return int(UserSession.objects.filter(user=user).count())


def count_messages(user: User) -> int:
    return OutboxMessage.objects.filter(user=user).exclude(template__in=_SECRET).count()


def count_trail(user: User) -> int:
    return trail_for(user).count()


def sign_out_everywhere(user: User) -> None:
    """Every browser of theirs is a stranger from the next request on."""
    mine = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=mine.values("session_key")).delete()
    mine.delete()


@transaction.atomic
def erase_messages(user: User) -> None:
    """Nothing more is sent; of what was, only that something was sent is left."""
    mine = OutboxMessage.objects.filter(user=user)
    mine.filter(state__in=(MessageState.PENDING, MessageState.SENDING)).update(
        state=MessageState.CANCELLED, claimed_at=None, last_error="account erased"
    )
    mine.update(user=None, address="", subject="", body="")


@transaction.atomic
def erase_account(user: User) -> None:
    """Ways to sign in, names and contacts; the number alone stays. Safe to repeat.

    The contacts are free at once: whoever holds them may sign up again, as somebody new.
    """
    row = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if row.erased_at is not None:
        return
    sign_out_everywhere(row)
    EmailAddress.objects.filter(user=row).delete()
    Authenticator.objects.filter(user=row).delete()
    row.groups.clear()
    row.user_permissions.clear()
    now = timezone.now()
    row.email = row.phone = row.last_login = row.leaving_at = None
    row.display_name, row.phone_verified = "", False
    row.is_active = row.is_staff = row.is_superuser = False
    row.language, row.date_joined, row.erased_at = "zh-hans", now, now
    # The trail knows accounts by this id too: no line leads here any more.
    row.public_id = uuid.uuid4()
    row.set_unusable_password()
    row.save()
    record_event(action="identity.erased", actor=None, about=row)


def old_messages(*, now: datetime) -> QuerySet[OutboxMessage]:
    """Those whose words nobody needs any more.

    What was sent under no account, such as the receipt of somebody who left, is one as
    soon as it has left the house.
    """
    over = OutboxMessage.objects.filter(state__in=_OVER).exclude(address="", body="")
    old = Q(created_at__lte=now - KEEP_MESSAGES) | Q(template__startswith=_LAST)
    return over.filter(old)


def blank_old_messages(*, now: datetime) -> int:
    """Words and addresses of messages whose time is over; the bare rows stay."""
    return old_messages(now=now).update(address="", subject="", body="")
