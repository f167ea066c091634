"""When a session that somebody left lying about is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

IDLE_CHOICES = (1, 5, 15)
USUAL_IDLE = 5
MOST_WRONG = 5
# On a phone that is not one's own.
SHARED_IDLE = timedelta(minutes=15)
FORM = re.compile(r"[0-9]{4,6}")


@dataclass(frozen=True, slots=True)
class Lock:
    """`minutes` 0: no PIN. `seen` None: nobody knows when, which counts as long ago."""

    minutes: int = 0
    seen: datetime | None = None
    closed: bool = False

    def is_locked(self, now: datetime) -> bool:
        if not self.minutes:
            return False
        idle = timedelta(minutes=self.minutes)
        return self.closed or was_left(seen=self.seen, now=now, idle=idle)

    def touched(self, now: datetime) -> Lock:
        """Whatever is asked of a locked session leaves it locked."""
        if self.is_locked(now):
            return replace(self, closed=True)
        return replace(self, seen=now)

    def opened(self, now: datetime) -> Lock:
        return replace(self, seen=now, closed=False)

    def shut(self) -> Lock:
        return replace(self, closed=True)


def was_left(*, seen: datetime | None, now: datetime, idle: timedelta) -> bool:
    return seen is None or now - seen >= idle


def is_easy(pin: str) -> bool:
    """What everybody tries first: one digit again and again, or a row of them."""
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return steps in ({0}, {1}, {-1})


def is_well_formed(pin: str) -> bool:
    return FORM.fullmatch(pin) is not None
