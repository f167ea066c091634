"""When something is due, late or lost, and what of an address may be shown."""

from __future__ import annotations

from datetime import datetime, timedelta

# The worker ends a task after ten minutes.
LOST_AFTER = timedelta(minutes=15)
# How long runs are remembered, and those that go well at least once a minute.
KEEP_RUNS = timedelta(days=30)
KEEP_FREQUENT = timedelta(days=2)
FREQUENT = timedelta(minutes=2)
# A run may be late by half its period, and by this much at least.
LEAST_PATIENCE = timedelta(minutes=2)
MOST_PATIENCE = timedelta(hours=1)


def is_late(*, due: datetime, every: timedelta, now: datetime) -> bool:
    patience = min(max(every / 2, LEAST_PATIENCE), MOST_PATIENCE)
    return now > due + patience


def masked(address: str) -> str:
    """Enough to tell two recipients apart, too little to write to one of them."""
    name, at, domain = address.rpartition("@")
    if at:
        _host, dot, ending = domain.rpartition(".")
        return f"{name[:1]}***@{domain[:1]}***{dot}{ending if dot else ''}"
    return f"{address[:3]}***{address[-2:]}" if len(address) > 7 else "***"


def span_text(span: timedelta) -> tuple[int, str]:
    """A length in the unit people would say it in: (90, "minutes")."""
    seconds = max(0, round(span.total_seconds()))
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return seconds // size, unit
    return seconds, "seconds"
