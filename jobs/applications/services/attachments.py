"""Files that go with messages: kept like papers, encrypted and under random names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.evidence import files
from accounts.evidence.rules.files import FileRefused, check_file, clean_name
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import Attachment, Message
from jobs.applications.rules.attachments import KEPT_FOR, MOST_FILES, may_take_back

BATCH = 2000


class FileGone(TransitionRefused):
    """Erased meanwhile, or no longer the sender's to take back."""


def keep_files(message: Message, sent: Sequence[tuple[str, bytes]]) -> list[Attachment]:
    """In the transaction that writes the message. Raises FileRefused.

    What a failed transaction leaves behind is found by `erase_old_documents`.
    """
    if len(sent) > MOST_FILES:
        raise FileRefused("too_many")
    return [_keep(message, name, data) for name, data in sent]


def _keep(message: Message, name: str, data: bytes) -> Attachment:
    found = check_file(name, data)
    return Attachment.objects.create(
        message=message,
        name=clean_name(name, found),
        content_type=found.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        storage_key=files.put(data),
        sent_at=message.sent_at,
    )


def open_file(*, attachment: Attachment, actor: User) -> bytes:
    """The bytes, and a line in the trail of whoever sent them."""
    if attachment.storage_key is None:
        raise FileGone(f"file {attachment.pk}")
    try:
        data = files.get(attachment.storage_key)
    except FileNotFoundError as gone:
        raise FileGone(f"file {attachment.pk}") from gone
    if attachment.message.sender_id != actor.pk:
        record_event(
            action="application.file_opened",
            actor=actor,
            on=attachment,
            about=attachment.message.sender,
        )
    return data


@transaction.atomic
def take_back(
    *, attachment: Attachment, actor: User, now: datetime | None = None
) -> None:
    """The sender's own, within a day; that there was a file stays visible."""
    now = now or timezone.now()
    row = (
        Attachment.objects.select_for_update(of=("self",))
        .select_related("message__sender")
        .get(pk=attachment.pk)
    )
    is_own = row.message.sender_id == actor.pk
    if row.storage_key is None or not is_own or not may_take_back(row.sent_at, now=now):
        raise FileGone(f"file {row.pk}")
    _erase(row, now)
    record_event(action="application.file_taken_back", actor=actor, on=row, about=actor)


def _erase(row: Attachment, now: datetime) -> None:
    """The row first: a file left behind is found later, a row without one is not."""
    key = row.storage_key
    row.storage_key, row.erased_at, row.name = None, now, ""
    row.save(update_fields=["storage_key", "erased_at", "name"])
    if key is not None:
        transaction.on_commit(lambda: files.remove(key), robust=True)


def due_files(*, now: datetime) -> QuerySet[Attachment]:
    """Of applications that ended half a year ago."""
    return Attachment.objects.filter(
        storage_key__isnull=False,
        message__application__processed_at__lte=now - KEPT_FOR,
    )


def erase_old_files(*, now: datetime) -> int:
    """Safe to run twice and side by side."""
    erased = 0
    for pk in list(
        due_files(now=now).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        with transaction.atomic():
            row = Attachment.objects.select_for_update(of=("self",)).get(pk=pk)
            if row.storage_key is not None:
                _erase(row, now)
                erased += 1
    return erased


def stored_keys() -> set[str]:
    """For whoever looks for files that no row knows."""
    rows = Attachment.objects.filter(storage_key__isnull=False)
    return {key for key in rows.values_list("storage_key", flat=True) if key}


def export_files(user: User) -> list[dict[str, Any]]:
    """What this person sent; the files themselves are theirs already."""
    rows = Attachment.objects.filter(message__sender=user).order_by("pk")
    return [
        {
            "name": row.name,
            "size": row.size,
            "sha256": row.sha256,
            "sent_at": row.sent_at.isoformat(),
            "erased_at": row.erased_at.isoformat() if row.erased_at else None,
        }
        for row in rows
    ]


@transaction.atomic
def forget_files(user: User) -> None:
    """A seeker's files go with them; what a company sent stays with the application."""
    rows = Attachment.objects.filter(
        message__sender=user, message__side="seeker", storage_key__isnull=False
    )
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        _erase(row, timezone.now())
