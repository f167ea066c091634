"""How soon somebody must look (wellbeing reference E4)."""

from __future__ import annotations

from datetime import datetime, timedelta

WITHIN = {
    "red": timedelta(minutes=15),
    "amber": timedelta(hours=24),
    "yellow": timedelta(days=3),
}


def due_at(level: str, *, opened_at: datetime) -> datetime:
    return opened_at + WITHIN[level]
