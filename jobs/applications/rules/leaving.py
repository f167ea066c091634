"""How long leaving can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta

UNDO_FOR = timedelta(minutes=10)


def undo_until(left_at: datetime) -> datetime:
    return left_at + UNDO_FOR


def may_undo(left_at: datetime, *, now: datetime) -> bool:
    """From the tenth minute on the employer may have been told."""
    return now < undo_until(left_at)
