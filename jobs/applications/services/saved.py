"""Postings that somebody put aside for themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import SavedPosting
from jobs.postings.models import Posting

# More than anybody reads again; it bounds what one account can fill the table with.
MOST_SAVED = 500


class TooManySaved(TransitionRefused):
    """Something has to be taken off first."""


@transaction.atomic
def save_posting(
    *, user: User, posting: Posting, now: datetime | None = None
) -> SavedPosting:
    """Saving it again changes nothing."""
    # Two at once would both find the last place free.
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    mine = SavedPosting.objects.filter(user=user)
    known = mine.filter(posting=posting).first()
    if known is not None:
        return known
    if mine.count() >= MOST_SAVED:
        raise TooManySaved
    return SavedPosting.objects.create(
        user=user, posting=posting, saved_at=now or timezone.now()
    )


def unsave_posting(*, user: User, posting: Posting) -> None:
    SavedPosting.objects.filter(user=user, posting=posting).delete()


def export_saved(user: User) -> list[dict[str, Any]]:
    rows = SavedPosting.objects.filter(user=user).order_by("pk")
    return [
        {"posting": row.posting.title, "saved_at": row.saved_at.isoformat()}
        for row in rows.select_related("posting")
    ]


def forget_saved(user: User) -> None:
    SavedPosting.objects.filter(user=user).delete()
