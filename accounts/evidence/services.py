from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.evidence import files
from accounts.evidence.enums import DocumentKind, DocumentState, SubjectType
from accounts.evidence.models import Document
from accounts.evidence.registry import kept_elsewhere, subjects
from accounts.evidence.rules.files import FileRefused, check_file, clean_name
from accounts.evidence.rules.papers import (
    ERASED_ONCE_SEEN,
    MOST_FILES,
    RETENTION,
    erase_after,
)
from accounts.evidence.rules.workflow import DOCUMENT
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import ReasonMissing, TransitionRefused


class NotNow(Exception):  # noqa: N818 - reads as the event it is
    """Somebody else decided, replaced or took back this document meanwhile."""


def upload_document(
    *,
    subject: SubjectType,
    subject_id: UUID,
    kind: DocumentKind,
    name: str,
    data: bytes,
    actor: User,
    valid_until: date | None = None,
) -> Document:
    """Keep a paper; the one of its kind before it is replaced.

    Raises FileRefused. The file comes first and goes again when the row cannot be
    written; what a crash leaves in between is found by `erase_old_documents`.
    """
    found = check_file(name, data)
    key = files.put(data)
    row = Document(
        subject_type=subject,
        subject_id=subject_id,
        kind=kind,
        name=clean_name(name, found),
        content_type=found.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        storage_key=key,
        uploaded_by=actor,
        valid_until=valid_until,
    )
    try:
        _add(row, actor)
    except IntegrityError as twice:
        files.remove(key)
        raise NotNow from twice
    except BaseException:
        files.remove(key)
        raise
    return row


@transaction.atomic
def _add(row: Document, actor: User) -> None:
    standing = list(
        Document.objects.of(row.subject_type, row.subject_id)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    before = next(
        (x for x in standing if x.kind == row.kind and x.replaced_at is None), None
    )
    if before is not None:
        _replace(before)
    stored = sum(x.storage_key is not None for x in standing)
    if stored >= MOST_FILES:
        raise FileRefused("too_many")
    row.save()
    _record("evidence.uploaded", actor, row, about=actor)


def _replace(row: Document) -> None:
    """A paper nobody decided on has no further use: its file goes at once."""
    row.replaced_at = timezone.now()
    row.save(update_fields=["replaced_at"])
    if row.state == DocumentState.WAITING:
        _erase(row)


@transaction.atomic
def withdraw_document(*, document: Document, actor: User) -> None:
    """Take a paper back before anybody has decided on it."""
    row = _locked(document)
    if row.state == DocumentState.ACCEPTED:
        raise NotNow
    _replace(row)
    if row.storage_key is not None:
        _erase(row)
    _record("evidence.withdrawn", actor, row, about=actor)


@transaction.atomic
def accept_document(
    *, document: Document, actor: User, valid_until: date | None
) -> Document:
    """The paper is good until a day; files that were only to be seen go at once."""
    row = _locked(document)
    row.valid_until = valid_until
    return _decide(row, actor, "accept")


@transaction.atomic
def refuse_document(*, document: Document, actor: User, reason: str) -> Document:
    row = _locked(document)
    row.reason = reason.strip()
    return _decide(row, actor, "refuse")


def _decide(row: Document, actor: User, event: str) -> Document:
    try:
        step = DOCUMENT.step(
            state=row.state, event=event, actor="moderator", reason=row.reason
        )
    except ReasonMissing:
        raise
    except TransitionRefused as refused:
        raise NotNow from refused
    row.state, row.reviewer = DocumentState(step.target), actor
    row.reviewed_at = timezone.now()
    row.save()
    if row.kind in ERASED_ONCE_SEEN and row.storage_key is not None:
        _erase(row)
    _record(f"evidence.{row.state}", actor, row, about=row.uploaded_by)
    return row


def open_document(*, document: Document, actor: User) -> bytes:
    """The bytes, and a line in the trail of whoever sent them in."""
    if document.storage_key is None:
        raise NotNow
    if document.uploaded_by_id != actor.pk:
        _record("evidence.opened", actor, document, about=document.uploaded_by)
    try:
        return files.get(document.storage_key)
    except FileNotFoundError as gone:
        raise NotNow from gone


@transaction.atomic
def erase_documents(*, subject: SubjectType, subject_id: UUID) -> int:
    """Every file of somebody who leaves; safe to repeat."""
    rows = Document.objects.of(subject, subject_id).stored()
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        row.replaced_at = row.replaced_at or timezone.now()
        row.save(update_fields=["replaced_at"])
        _erase(row)
    return len(found)


@transaction.atomic
def forget_uploader(user: User) -> None:
    """Their own papers go; those of the organisation stay without their name."""
    mine = Document.objects.filter(uploaded_by=user)
    personal = {DocumentKind.AGENT_ID, DocumentKind.AGENT_AUTHORISATION}
    for row in mine.stored().filter(kind__in=personal):
        row.replaced_at = row.replaced_at or timezone.now()
        row.save(update_fields=["replaced_at"])
        _erase(row)
    mine.update(uploaded_by=None)


def due_documents(*, now: datetime) -> list[Document]:
    """Those whose file has had its time, and those whose subject is gone."""
    left = Q(replaced_at__isnull=False) | Q(reviewed_at__isnull=False)
    candidates = Document.objects.stored().filter(left).order_by("pk")
    due = [row for row in candidates if _is_due(row, now)]
    known = {row.pk for row in due}
    return due + [row for row in _without_subject() if row.pk not in known]


def _is_due(row: Document, now: datetime) -> bool:
    moment = erase_after(
        kind=row.kind,
        state=row.state,
        reviewed_at=row.reviewed_at,
        replaced_at=row.replaced_at,
    )
    return moment is not None and moment <= now


def _without_subject() -> list[Document]:
    gone: list[Document] = []
    for subject_type, subject in subjects().items():
        rows = Document.objects.stored().filter(subject_type=subject_type)
        ids = set(rows.values_list("subject_id", flat=True))
        missing = ids - subject.existing(ids)
        gone += rows.filter(subject_id__in=missing)
    return gone


def orphan_files(*, now: datetime) -> list[str]:
    """Files no row knows, old enough that no upload can still be writing its row."""
    known = set(Document.objects.stored().values_list("storage_key", flat=True))
    known |= kept_elsewhere()
    old = now - timedelta(days=RETENTION["orphan"].days)
    return [
        key
        for key in files.stored_keys()
        if key not in known and files.written_at(key) <= old
    ]


def erase_due(*, now: datetime, watch: Callable[[int], None] | None = None) -> int:
    """Erase what is due, one document a transaction; safe to repeat."""
    erased = 0
    for row in due_documents(now=now):
        with transaction.atomic():
            locked = Document.objects.select_for_update(of=("self",)).get(pk=row.pk)
            if locked.storage_key is not None:
                _erase(locked)
                _record("evidence.erased", None, locked, about=locked.uploaded_by)
                erased += 1
        if watch:
            watch(1)
    for key in orphan_files(now=now):
        files.remove(key)
        erased += 1
    return erased


def _erase(row: Document) -> None:
    """The row first: a file left behind is found later, a row without one is not."""
    key = row.storage_key
    row.storage_key, row.erased_at, row.name = None, timezone.now(), ""
    row.save(update_fields=["storage_key", "erased_at", "name"])
    if key is not None:
        # Robust: a storage that is down is no reason to fail; the sweep comes again.
        transaction.on_commit(lambda: files.remove(key), robust=True)


def _locked(document: Document) -> Document:
    row = (
        Document.objects.select_for_update(of=("self",))
        .select_related("uploaded_by")
        .current()
        .filter(pk=document.pk)
        .first()
    )
    if row is None:
        raise NotNow
    return row


def _record(
    action: str, actor: User | None, row: Document, *, about: User | None
) -> None:
    record_event(
        action=action, actor=actor, on=row, about=about, detail={"kind": row.kind}
    )
