"""Which of its organisation's places of work a posting is for."""

from __future__ import annotations

from django.db import transaction

from accounts.employers.models import Branch
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.services import (
    NotEditable,
    create_draft,
    lock_posting,
    update_posting,
)

# Seekers read the name: it is chosen before a person checks the posting.
CHOOSABLE_STATES = frozenset({PostingState.DRAFT, PostingState.CHANGES_REQUESTED})


@transaction.atomic
def begin_at_branch(*, branch: Branch, actor: User, title: str) -> Posting:
    """A draft with its place filled in."""
    draft = create_draft(
        organization=branch.organization,
        actor=actor,
        fields={"title": title, **_place(branch)},
    )
    return name_branch(posting=draft, actor=actor, branch=branch)


@transaction.atomic
def name_branch(
    *, posting: Posting, actor: User, branch: Branch | None, fill: bool = True
) -> Posting:
    """Say which place a draft is for, or none; `fill` writes its address too."""
    current = lock_posting(posting)
    if current.state not in CHOOSABLE_STATES:
        raise NotEditable(f"posting {current.pk} is {current.state}")
    if branch is not None and fill:
        current = update_posting(
            posting=current,
            actor=actor,
            fields=_place(branch),
            version=current.version,
        )
    if current.branch_id == (branch.pk if branch else None):
        return current
    current.branch, current.branch_name = branch, branch.name if branch else ""
    current.save(update_fields=["branch", "branch_name", "updated_at"])
    record_event(
        action="posting.update",
        actor=actor,
        on=current,
        detail={"fields": ["branch"]},
    )
    return current


def _place(branch: Branch) -> dict[str, str]:
    return {
        "city_code": branch.city_code,
        "district": branch.district,
        "street": branch.address,
    }
