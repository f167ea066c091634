"""How many files go with a message, and how long they stay."""

from __future__ import annotations

from datetime import datetime, timedelta

MOST_FILES = 5
# So long whoever sent a file can take it back.
TAKE_BACK = timedelta(hours=24)
# After the application has ended.
KEPT_FOR = timedelta(days=180)


def may_take_back(sent_at: datetime, *, now: datetime) -> bool:
    return now < sent_at + TAKE_BACK
