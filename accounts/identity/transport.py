"""The last step out of the house: a file, a mail server, or a provider's address."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import ParseResult, unquote, urlparse

from django.conf import settings

from accounts.identity.enums import Channel
from accounts.identity.models import OutboxMessage

TIMEOUT_SECONDS = 20


class DeliveryFailed(Exception):  # noqa: N818 - reads as the event it is
    """`permanent` failures are not tried again."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


def deliver(message: OutboxMessage) -> None:
    url = settings.SMS_URL if message.channel == Channel.SMS else settings.MAIL_URL
    parts = urlparse(url)
    senders = {"file": _to_file, "smtp": _by_smtp, "smtps": _by_smtp}
    senders[parts.scheme](message, parts)


def _to_file(message: OutboxMessage, parts: ParseResult) -> None:
    """One file a message, named by its id: sending twice leaves one file."""
    folder = Path(unquote(parts.path))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{message.public_id}.{message.channel}.txt"
    partial = target.with_suffix(".part")
    partial.write_text(
        f"To: {message.address}\nSubject: {message.subject}\n\n{message.body}",
        encoding="utf-8",
    )
    partial.replace(target)


def _by_smtp(message: OutboxMessage, parts: ParseResult) -> None:
    mail = EmailMessage()
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = message.address
    mail["Subject"] = message.subject
    mail["Message-ID"] = f"<{message.public_id}@{make_msgid().split('@')[1]}"
    mail.set_content(message.body)
    client = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with client(
            parts.hostname or "", parts.port or 0, timeout=TIMEOUT_SECONDS
        ) as c:
            if parts.username:
                c.starttls() if parts.scheme == "smtp" else None
                c.login(unquote(parts.username), unquote(parts.password or ""))
            c.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        raise DeliveryFailed("recipient refused", permanent=True) from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryFailed(type(error).__name__) from error
