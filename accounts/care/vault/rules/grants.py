"""How long a yes lasts, and when it is said that it will end (wellbeing reference C4)."""

from __future__ import annotations

from datetime import datetime, timedelta

LASTS = {
    "checkin_store": timedelta(days=365),
    "share_summary": timedelta(days=182),
    "share_items": timedelta(days=182),
    "safety_contact": timedelta(days=182),
    "emergency_person": timedelta(days=365),
    "plan_store": timedelta(days=365),
    # Kept until a year after the case is over, which nobody knows beforehand.
    "transcript": timedelta(days=3 * 365),
    "handover": timedelta(days=14),
    "aggregate": timedelta(days=365),
}
NOTICE = timedelta(days=14)


def ends_at(scope: str, *, now: datetime) -> datetime:
    return now + LASTS[scope]


def is_expiring(*, expires_at: datetime, now: datetime) -> bool:
    return now < expires_at <= now + NOTICE
