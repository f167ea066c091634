from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.identity.models import User
from jobs.editor.models import EditorDraft
from jobs.editor.rules.steps import STEPS
from jobs.postings.access import editable_posting_for, posting_of, postings_of
from jobs.postings.models import Posting, PostingRevision


def posting_to_write(user: User, public_id: UUID, step: str) -> Posting:
    """404 outside the organisation and for a page that is none; 403 while locked."""
    if step not in STEPS:
        raise Http404
    return editable_posting_for(user, public_id)


def own_typed(user: User, posting: Posting) -> dict[str, EditorDraft]:
    """What this member typed about the posting and has not handed in, by page.

    Nobody reads what a colleague has typed and not saved.
    """
    rows = EditorDraft.objects.filter(user=user, posting=posting)
    return {row.step: row for row in rows}


def revisions_of(user: User, public_id: UUID) -> tuple[Posting, list[PostingRevision]]:
    """The posting and all its versions, the newest first; 404 outside."""
    posting = posting_of(user, public_id)
    rows = posting.revisions.select_related("changed_by").order_by("-number")
    return posting, list(rows)


def last_revision(posting: Posting) -> PostingRevision | None:
    rows = posting.revisions.select_related("changed_by").order_by("-number")
    return rows.first()


def revision_at(posting: Posting, version: int) -> PostingRevision | None:
    """The words as they stood when the posting had this version."""
    rows = posting.revisions.filter(number__lte=version).order_by("-number")
    return rows.first()


def recent_postings(user: User, *, limit: int) -> QuerySet[Posting]:
    """What could be copied, the latest change first."""
    return postings_of(user)[:limit]


def export_typed(user: User) -> list[dict[str, Any]]:
    rows = EditorDraft.objects.filter(user=user).select_related("posting")
    return [
        {
            "posting": row.posting.title,
            "step": row.step,
            "content": row.content,
            "typed_at": row.typed_at.isoformat(),
        }
        for row in rows.order_by("pk")
    ]
