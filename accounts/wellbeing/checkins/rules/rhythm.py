"""When a check-in may be taken again, and when one is offered. Nobody is pushed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

PAUSE = timedelta(days=91)
SKIP = timedelta(days=14)
ROUND = timedelta(days=14)
ANSWERS_KEPT = timedelta(days=365)
SCORES_KEPT = timedelta(days=730)
DRAFT_KEPT = timedelta(hours=24)
QUIET_WORDS = (timedelta(hours=24), timedelta(hours=72))


def free_from(taken_at: datetime, every_days: int) -> datetime:
    return taken_at + timedelta(days=every_days)


def due_forms(
    forms: Iterable[str],
    free: Mapping[str, datetime],
    *,
    families: Mapping[str, str],
    now: datetime,
) -> list[str]:
    """`free`: by family, from when on it may be asked again."""
    return [
        form
        for form in forms
        if (families[form] not in free or free[families[form]] <= now)
    ]


def is_apart(reminded_at: datetime | None, *, now: datetime) -> bool:
    """Never two messages within one round, whatever they are about."""
    return reminded_at is None or reminded_at <= now - ROUND


def is_reminded(
    *, last: datetime | None, reminded_at: datetime | None, now: datetime
) -> bool:
    """Once a round, and only after a first check-in."""
    if last is None or now < last + ROUND:
        return False
    return reminded_at is None or reminded_at < last + ROUND
