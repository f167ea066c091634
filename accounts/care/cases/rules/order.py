"""Who comes first: open flag, then overdue task, then who has waited longest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

RANK = {"red": 0, "amber": 1, "yellow": 2}
NO_FLAG = len(RANK)


@dataclass(frozen=True, slots=True)
class Place:
    """What the order of a case depends on, and nothing else."""

    # The gravest open flag, or empty.
    level: str
    is_overdue: bool
    waiting_since: datetime | None
    opened_at: datetime
    key: str

    @property
    def order(self) -> tuple[int, bool, bool, datetime, datetime, str]:
        # Whoever waits comes before those who do not; the rest is to be the same each time.
        return (
            RANK.get(self.level, NO_FLAG),
            not self.is_overdue,
            self.waiting_since is None,
            self.waiting_since or self.opened_at,
            self.opened_at,
            self.key,
        )


def gravest(levels: Iterable[str]) -> str:
    return min(levels, key=lambda level: RANK.get(level, NO_FLAG), default="")
