"""The last step out of the house: a file, a mail server, or a provider's address."""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, unquote, urlparse

from django.conf import settings

from accounts.identity.enums import Channel
from accounts.identity.models import OutboxMessage
from accounts.identity.registry import courier_of

TIMEOUT_SECONDS = 20
# Answers that another try may change: too many requests, and the provider's own faults.
TRY_AGAIN = frozenset({408, 425, 429})


class DeliveryFailed(Exception):  # noqa: N818 - reads as the event it is
    """`permanent` failures are not tried again."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


def deliver(message: OutboxMessage) -> None:
    url = settings.SMS_URL if message.channel == Channel.SMS else settings.MAIL_URL
    parts = urlparse(url)
    send = SENDERS.get(parts.scheme)
    if send is None:
        raise DeliveryFailed(f"no way to send by {parts.scheme}:")
    send(message, parts)


def _to_file(message: OutboxMessage, parts: ParseResult) -> None:
    """One file a message, named by its id: sending twice leaves one file."""
    folder = Path(unquote(parts.path))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{message.public_id}.{message.channel}.txt"
    partial = target.with_suffix(".part")
    head = {"To": message.address, "Subject": message.subject} | _headers(message)
    lines = "\n".join(f"{name}: {value}" for name, value in head.items())
    partial.write_text(
        f"{lines}\n\n{message.body}",
        encoding="utf-8",
    )
    partial.replace(target)


def _by_smtp(message: OutboxMessage, parts: ParseResult) -> None:
    """The same Message-ID at every try, so that a mailbox can drop a second copy."""
    client = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    port = parts.port or (465 if parts.scheme == "smtps" else 25)
    try:
        with client(parts.hostname or "", port, timeout=TIMEOUT_SECONDS) as server:
            if parts.username:
                if parts.scheme == "smtp":
                    server.starttls(context=ssl.create_default_context())
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(_mail(message))
    except smtplib.SMTPRecipientsRefused as error:
        raise DeliveryFailed("recipient refused", permanent=True) from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryFailed(type(error).__name__) from error


def _mail(message: OutboxMessage) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    mail = EmailMessage()
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = message.address
    mail["Subject"] = message.subject
    mail["Message-ID"] = f"<{message.public_id}@{domain or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in _headers(message).items():
        mail[name] = value
    mail.set_content(message.body)
    return mail


def _headers(message: OutboxMessage) -> dict[str, str]:
    courier = courier_of(message)
    is_mail = message.channel == Channel.EMAIL
    return courier.headers(message) if courier and is_mail else {}


def _by_json(message: OutboxMessage, parts: ParseResult) -> None:
    """POST {id, to, subject, text} with the URL's user name as bearer token.

    `headers` is there for an e-mail that has lines of its own for its head.
    """
    body: dict[str, Any] = {
        "id": str(message.public_id),
        "to": message.address,
        "subject": message.subject,
        "text": message.body,
    }
    if own := _headers(message):
        body["headers"] = own
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {unquote(parts.username or '')}",
        "Idempotency-Key": str(message.public_id),
    }
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    status = _post(parts, path, json.dumps(body, ensure_ascii=False).encode(), headers)
    if status >= 300:
        permanent = 400 <= status < 500 and status not in TRY_AGAIN
        raise DeliveryFailed(f"provider answered {status}", permanent=permanent)


def _post(parts: ParseResult, path: str, body: bytes, headers: dict[str, str]) -> int:
    """The answer's status; `http+json:` is for a provider on this very machine."""
    secure = parts.scheme.startswith("https")
    client = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = client(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("POST", path, body=body, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryFailed(type(error).__name__) from error
    finally:
        connection.close()


SENDERS: dict[str, Callable[[OutboxMessage, ParseResult], None]] = {
    "file": _to_file,
    "smtp": _by_smtp,
    "smtps": _by_smtp,
    "https+json": _by_json,
    "http+json": _by_json,
}
