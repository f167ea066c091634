"""How often a key may ask: so many times in each minute of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WINDOW = 60
# By jobs.api.enums.Pace.
LIMITS = {"read": 120, "write": 30}


@dataclass(frozen=True, slots=True)
class Standing:
    """`reset` are the seconds until the count begins anew."""

    limit: int
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        return max(self.limit - self.used, 0)

    @property
    def is_over(self) -> bool:
        return self.used > self.limit


def window_of(now: datetime) -> int:
    """The number of the minute; all processes count in the same one."""
    return int(now.timestamp()) // WINDOW


def standing(*, pace: str, used: int, now: datetime) -> Standing:
    return Standing(LIMITS[pace], used, WINDOW - int(now.timestamp()) % WINDOW)
