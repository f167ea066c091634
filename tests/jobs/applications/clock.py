from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.lib.dates import SHANGHAI

SetClock = Callable[..., datetime]


def shanghai(clock: str, *, days: int = 0) -> datetime:
    """Today (or `days` later) at that time of day in Shanghai."""
    day = datetime.now(SHANGHAI).date() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=SHANGHAI)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """`set_clock("14:30")`: it is that time for everything that asks Django."""

    def set_to(clock: str, *, days: int = 0) -> datetime:
        moment = shanghai(clock, days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_to


@pytest.fixture
def noon(set_clock: SetClock) -> datetime:
    """A moment at which people may be called."""
    return set_clock("12:00")
