"""When a room is open, who is there, and how long its words stay."""

from __future__ import annotations

from datetime import datetime, timedelta

EARLY, OPEN, OVER = "early", "open", "over"
OPENS_BEFORE = timedelta(minutes=10)
ENDS_AFTER = timedelta(minutes=15)
# Somebody whose page asked within this time is there.
THERE = timedelta(seconds=20)
MOST_LINES, WITHIN = 30, timedelta(minutes=1)
# What was written goes after a day, or a year after the case was closed.
FORGOTTEN_AFTER = timedelta(hours=24)
KEPT_AFTER_CLOSE = timedelta(days=365)


def opens_at(starts_at: datetime) -> datetime:
    return starts_at - OPENS_BEFORE


def closes_at(ends_at: datetime) -> datetime:
    return ends_at + ENDS_AFTER


def phase(*, starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    if now < opens_at(starts_at):
        return EARLY
    return OPEN if now < closes_at(ends_at) else OVER


def is_there(seen_at: datetime | None, *, now: datetime) -> bool:
    return seen_at is not None and now - seen_at < THERE


def forget_at(
    *,
    ended_at: datetime,
    is_kept: bool,
    has_open_case: bool,
    case_closed_at: datetime | None,
) -> datetime | None:
    """When the words go; None as long as the case that they belong to is open."""
    if not is_kept:
        return ended_at + FORGOTTEN_AFTER
    if has_open_case:
        return None
    return max(ended_at, case_closed_at or ended_at) + KEPT_AFTER_CLOSE
