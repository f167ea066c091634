from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = 1000
EDIT_FOR = timedelta(minutes=15)
# Of one application: a thread longer than that is no note any more.
MOST_NOTES = 200


def may_edit(*, is_own: bool, written_at: datetime, now: datetime) -> bool:
    """Only one's own, and only as long as hardly anybody has read it."""
    return is_own and now < written_at + EDIT_FOR


def may_delete(*, is_own: bool, is_admin: bool) -> bool:
    """One's own at any time; an administrator answers for what the team writes."""
    return is_own or is_admin
