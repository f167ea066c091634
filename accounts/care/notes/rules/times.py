from __future__ import annotations

from datetime import datetime, timedelta

# Every RED flag is talked over within a day; other reviews within a week (E5).
FLAG_WITHIN = timedelta(hours=24)
NOTE_WITHIN = timedelta(days=7)
# How long one typed reason opens a note for.
OPEN_FOR = timedelta(hours=1)
# A summary is promised within this.
SUMMARY_WITHIN = timedelta(days=14)
# What was typed when the door had closed waits this long for its writer.
HELD_FOR = timedelta(days=7)
KEPT_YEARS = 3


def due_before(now: datetime) -> datetime:
    """Cases closed before this moment give up their notes."""
    try:
        return now.replace(year=now.year - KEPT_YEARS)
    except ValueError:  # the 29th of February
        return now.replace(year=now.year - KEPT_YEARS, day=28)


def is_open(opened_at: datetime | None, *, now: datetime) -> bool:
    return opened_at is not None and now - opened_at < OPEN_FOR
