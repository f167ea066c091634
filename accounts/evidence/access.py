from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Min, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.evidence.enums import DocumentKind, DocumentState, SubjectType
from accounts.evidence.models import Document
from accounts.evidence.registry import subject_of
from accounts.evidence.rules.papers import Paper, has_run_out
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.dates import today

REVIEWERS = frozenset({Kind.MODERATOR, Kind.OPERATOR})


def document_for(user: User, public_id: UUID) -> Document:
    """One stored document, for reviewers and those its subject names; else 404."""
    document = get_object_or_404(Document.objects.stored(), public_id=public_id)
    subject = subject_of(document.subject_type)
    if user.kind in REVIEWERS and not subject.is_own(user, document.subject_id):
        return document
    if subject.may_read(user, document.subject_id):
        return document
    raise Http404


def document_to_review_for(user: User, public_id: UUID) -> Document:
    """Any current document but their own side's, for those who check; else 404."""
    if user.kind not in REVIEWERS:
        raise Http404
    document = get_object_or_404(Document.objects.current(), public_id=public_id)
    if subject_of(document.subject_type).is_own(user, document.subject_id):
        raise Http404
    return document


def current_documents(subject: SubjectType, subject_id: UUID) -> dict[str, Document]:
    """By kind; whoever asks has already been allowed to see the subject."""
    found = Document.objects.of(subject, subject_id).current()
    return {document.kind: document for document in found}


def paper_waits_since(subject: SubjectType) -> Subquery:
    """For a query over subjects: since when a paper of theirs waits, null if none."""
    waiting = Document.objects.current().filter(
        subject_type=subject,
        subject_id=OuterRef("public_id"),
        state=DocumentState.WAITING,
    )
    since = waiting.order_by().values("subject_id").annotate(since=Min("uploaded_at"))
    return Subquery(since.values("since"))


def current_papers(subject: SubjectType, subject_id: UUID) -> list[Paper]:
    rows = Document.objects.of(subject, subject_id).current()
    values: list[tuple[str, str, date | None]] = list(
        rows.values_list("kind", "state", "valid_until")
    )
    return [Paper(*row) for row in values]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the list of papers: the kind, and the document if there is one."""

    kind: DocumentKind
    document: Document | None
    is_required: bool
    upload_url: str = ""

    @property
    def has_run_out(self) -> bool:
        row = self.document
        if row is None:
            return False
        paper = Paper(row.kind, row.state, row.valid_until)
        return has_run_out(paper, today=today())

    @property
    def may_take_back(self) -> bool:
        row = self.document
        return row is not None and row.state != DocumentState.ACCEPTED


def paper_rows(
    subject: SubjectType,
    subject_id: UUID,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    url: Callable[[str], str] | None = None,
) -> list[PaperRow]:
    """The list as its owner (with `url` to send one in) and those who check see it."""
    found = current_documents(subject, subject_id)
    return [
        PaperRow(
            DocumentKind(kind),
            found.get(kind),
            kind in required,
            url(kind) if url else "",
        )
        for kind in (*required, *optional)
    ]


def export_documents(user: User) -> list[dict[str, Any]]:
    """What this person sent in; the files themselves are theirs already."""
    rows = Document.objects.filter(uploaded_by=user).order_by("pk")
    return [
        {
            "kind": row.kind,
            "name": row.name,
            "size": row.size,
            "sha256": row.sha256,
            "uploaded_at": row.uploaded_at.isoformat(),
            "valid_until": row.valid_until.isoformat() if row.valid_until else None,
            "state": row.state,
            "erased_at": row.erased_at.isoformat() if row.erased_at else None,
        }
        for row in rows
    ]
