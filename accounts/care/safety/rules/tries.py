"""When trying to reach somebody has been enough: 3 to 5 times within 72 hours, spread out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

FEWEST, MOST = 3, 5
WINDOW = timedelta(hours=72)
APART = {
    "red": timedelta(minutes=15),
    "amber": timedelta(hours=2),
    "yellow": timedelta(hours=12),
}
REACHED = "reached"

Try = tuple[datetime, str]


def in_vain(tries: Sequence[Try]) -> list[datetime]:
    """Tries since somebody was last reached that did not work, oldest first."""
    found: list[datetime] = []
    for at, outcome in sorted(tries):
        found = [] if outcome == REACHED else [*found, at]
    return found


def next_try_at(level: str, tries: Sequence[Try]) -> datetime | None:
    """Not before this; None when it may be now."""
    vain = in_vain(tries)
    return vain[-1] + APART[level] if vain else None


def is_enough(tries: Sequence[Try], *, now: datetime) -> bool:
    """At least three in vain within the last 72 hours: then the lead counselor decides."""
    return len([at for at in in_vain(tries) if now - at <= WINDOW]) >= FEWEST


def is_too_much(tries: Sequence[Try], *, now: datetime) -> bool:
    """After five nobody rings on: more would press."""
    return len([at for at in in_vain(tries) if now - at <= WINDOW]) >= MOST
