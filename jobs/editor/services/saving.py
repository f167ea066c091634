"""A page is saved: into the draft, or beside an open posting until all is sent."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.db import transaction

from accounts.identity.models import User
from jobs.editor.access import own_typed, revision_at
from jobs.editor.rules.merging import conflicts, merged
from jobs.editor.rules.steps import columns_of
from jobs.editor.services.errors import Clash, NothingToSend
from jobs.editor.services.typed import drop_typed
from jobs.editor.working import comparable, comparable_of, fields_of, set_fields
from jobs.postings import services as postings
from jobs.postings.models import Posting
from jobs.screening.services import submission


@transaction.atomic
def save_step(
    *,
    posting: Posting,
    actor: User,
    step: str,
    fields: Mapping[str, Any],
    version: int,
) -> Posting:
    """Write one page of a posting that is not open; `version` is what was on the screen.

    What a colleague saved meanwhile stays where this page did not change it. Raises
    Clash where both changed the same, and what update_posting raises.
    """
    current = postings.lock_posting(posting)
    found = combined(current, step=step, fields=fields, version=version)
    saved = postings.update_posting(
        posting=current, actor=actor, fields=found, version=current.version
    )
    drop_typed(posting=posting, user=actor, step=step)
    return saved


def combined(
    current: Posting, *, step: str, fields: Mapping[str, Any], version: int
) -> dict[str, Any]:
    """My changes to what is there now; raises Clash."""
    mine = comparable_of(set_fields(copy(current), fields))
    theirs = comparable_of(current)
    base = base_of(current, version)
    names = [name for name in columns_of(step) if name in fields]
    if clash := conflicts(base, mine, theirs, names):
        raise Clash(clash, step)
    kept = merged(base, mine, theirs, names)
    return {name: fields[name] for name in names if kept[name] != theirs.get(name)}


def base_of(current: Posting, version: int) -> dict[str, Any]:
    """The words that were on the screen; empty where nobody knows any more."""
    if version >= current.version:
        return comparable_of(current)
    revision = revision_at(current, version)
    return comparable(revision.content) if revision else {}


@transaction.atomic
def send_change(*, posting: Posting, actor: User, version: int) -> Posting:
    """All pages of a change to an open posting at once; blocked, nothing changes.

    Raises Clash, NothingToSend, and what revise_posting raises.
    """
    current = postings.lock_posting(posting)
    if current.version != version:
        raise postings.StaleVersion(f"posting {current.pk} is at {current.version}")
    found: dict[str, Any] = {}
    for step, row in own_typed(actor, current).items():
        if row.is_saved:
            found |= combined(
                current,
                step=step,
                fields=fields_of(row, current),
                version=row.based_on,
            )
    if not found:
        raise NothingToSend(str(current.pk))
    revised = submission.revise_posting(
        posting=current, actor=actor, fields=found, version=current.version
    )
    drop_typed(posting=posting, user=actor)
    return revised
