"""When a case lies still, and what might be done about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

STILL = timedelta(days=14)
# Days to take on what somebody else gave, before others may.
TO_ACCEPT = timedelta(hours=72)
# A resting case is looked at again after this.
REST = timedelta(days=28)
REFERRAL_OPEN = timedelta(days=30)
HANDOVER_OPEN = timedelta(days=14)
KEPT = timedelta(days=3 * 365)

# A resting case is meant to lie still, an ended one does.
MOVING = frozenset({"new", "triaged", "waiting", "active", "closing", "handed_over"})


def is_stalled(
    *, state: str, last_contact: datetime, has_next_step: bool, now: datetime
) -> bool:
    """No contact for more than 14 days and nothing planned: no talk, no task."""
    return state in MOVING and not has_next_step and now - last_contact > STILL


def is_overdue(*, due: date, is_done: bool, today: date) -> bool:
    return not is_done and due < today


def days_of(since: datetime, *, now: datetime) -> int:
    return max((now - since).days, 0)
