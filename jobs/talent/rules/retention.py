"""How long a team keeps what it noted about somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobs.applications.enums import ApplicationState

KEPT_FOR = timedelta(days=180)
# Whoever withdrew took the yes back; a week, because leaving can be undone.
KEPT_WITHDRAWN = timedelta(days=7)


def kept_for(state: str) -> timedelta:
    """After the end of an application in that state."""
    return KEPT_WITHDRAWN if state == ApplicationState.WITHDRAWN else KEPT_FOR


def erased_on(state: str, ended_at: datetime | None) -> datetime | None:
    """None while the application runs."""
    return None if ended_at is None else ended_at + kept_for(state)
