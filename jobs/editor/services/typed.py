"""What was typed and not handed in: kept, taken up, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.identity.models import User
from accounts.lib.guards import CODE
from jobs.editor.forms import MOST_KEPT, data_of, length_of, step_form
from jobs.editor.models import EditorDraft
from jobs.editor.services.errors import TooLong
from jobs.postings.answers import answers_of
from jobs.postings.forms import PostingForm
from jobs.postings.models import Posting

KEPT_FOR = timedelta(days=30)
BATCH = 1000


@transaction.atomic
def keep_typed(
    *,
    posting: Posting,
    user: User,
    step: str,
    content: Mapping[str, list[str]],
    version: int,
    is_saved: bool = False,
) -> EditorDraft | None:
    """Keep what stands on a page; None where it is no other than what is saved.

    Other people's data is left out: it may not be kept, not even for a minute.
    Raises TooLong.
    """
    if length_of(content) > MOST_KEPT:
        raise TooLong(step)
    form = step_form(step, data_of(content), is_draft=True, initial=answers_of(posting))
    refused = _with_debtor_data(form)
    if not is_saved and not form.has_changed():
        _own(posting, user, step).filter(is_saved=False).delete()
        return None
    row, _made = EditorDraft.objects.update_or_create(
        posting=posting,
        user=user,
        step=step,
        defaults={
            "content": {k: v for k, v in content.items() if k not in refused},
            "based_on": version,
            "is_saved": is_saved,
            "typed_at": timezone.now(),
        },
    )
    return row


def _with_debtor_data(form: PostingForm) -> set[str]:
    errors = form.errors.as_data()
    return {
        name for name, found in errors.items() if any(e.code == CODE for e in found)
    }


def drop_typed(*, posting: Posting, user: User, step: str = "") -> int:
    """One page's, or all of it."""
    return _own(posting, user, step).delete()[0]


def _own(posting: Posting, user: User, step: str) -> QuerySet[EditorDraft]:
    rows = EditorDraft.objects.filter(posting=posting, user=user)
    return rows.filter(step=step) if step else rows


def old_typed(*, now: datetime) -> QuerySet[EditorDraft]:
    """Nobody came back for it."""
    return EditorDraft.objects.filter(typed_at__lt=now - KEPT_FOR)


def forget_old(*, now: datetime) -> int:
    """Delete what `old_typed` names, in small steps; returns how many."""
    gone = 0
    while keys := list(old_typed(now=now).values_list("pk", flat=True)[:BATCH]):
        gone += EditorDraft.objects.filter(pk__in=keys).delete()[0]
    return gone


def erase_typed(user: User) -> None:
    EditorDraft.objects.filter(user=user).delete()
