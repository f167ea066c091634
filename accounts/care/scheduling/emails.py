"""Messages about talks. They name no topic, nobody, and not what the talk is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing

from accounts.care.scheduling.enums import ReminderKind, ReminderWay
from accounts.care.scheduling.models import Reminder
from accounts.identity.emails import page
from accounts.identity.enums import Channel
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message

_signer = signing.Signer(salt="notices.visit")
CHANNELS = {ReminderWay.EMAIL: Channel.EMAIL, ReminderWay.SMS: Channel.SMS}
TEMPLATES = {
    ReminderKind.DAY_BEFORE: "notices/soon",
    ReminderKind.TWO_HOURS: "notices/soon",
    ReminderKind.MISSED: "notices/again",
}


def visit_token(reminder_id: UUID) -> str:
    return _signer.sign(str(reminder_id))


def reminder_id_of(token: str) -> UUID | None:
    try:
        return UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def remind(row: Reminder, *, user: User, way: str) -> bool:
    """False when the person cannot be reached."""
    message = queue_message(
        user=user,
        channel=_channel(user, way),
        template=TEMPLATES[ReminderKind(row.kind)],
        context={
            "site_name": settings.SITE_NAME,
            "at": row.appointment.starts_at,
            "link": page("visits:by_link", token=visit_token(row.pk)),
        },
        # A number of its own: the key says nothing about what it belongs to.
        dedupe_key=f"notice:{row.pk}",
        expires_at=_expires(row),
    )
    return message is not None


def _channel(user: User, way: str) -> Channel | None:
    """As wished where the person can be reached that way, else as usual."""
    wished = CHANNELS.get(ReminderWay(way))
    reachable = user.email if wished == Channel.EMAIL else user.phone
    return wished if wished and reachable else None


def _expires(row: Reminder) -> datetime | None:
    return None if row.kind == ReminderKind.MISSED else row.appointment.starts_at
