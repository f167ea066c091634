from __future__ import annotations

from typing import Any

from accounts.identity.models import User
from jobs.editor.models import EditorDraft
from jobs.editor.rules.steps import QUESTIONS
from jobs.postings.models import Posting
from jobs.postings.services import create_draft, update_posting
from tests.jobs.postings.make import ANSWERS, tomorrow

ALL = ANSWERS | {"valid_through": tomorrow()}


def answers_on(step: str, **changed: Any) -> dict[str, Any]:
    """The well filled form's answers that stand on this page."""
    names = set(QUESTIONS[step])
    found = {
        name: value
        for name, value in ALL.items()
        if name in names or name.rsplit("_", 1)[0] in names
    }
    return found | {"version": "1"} | changed


def begin(user: User, organization: Any, **fields: Any) -> Posting:
    """A draft of version 1, with its first revision."""
    values = {"title": "热线客服", "responsibilities": "接听客户来电。"} | fields
    return create_draft(organization=organization, actor=user, fields=values)


def change(posting: Posting, user: User, **fields: Any) -> Posting:
    posting.refresh_from_db()
    return update_posting(
        posting=posting, actor=user, fields=fields, version=posting.version
    )


def keep(
    posting: Posting, user: User, step: str = "work", **content: str
) -> EditorDraft:
    return EditorDraft.objects.create(
        posting=posting,
        user=user,
        step=step,
        content={name: [value] for name, value in content.items()},
        based_on=posting.version,
    )
