from __future__ import annotations

from datetime import datetime, timedelta

from accounts.lib.dates import local_day
from jobs.insights.models import PostingDay

# What a year's comparison could want, and then no more.
KEPT_FOR = timedelta(days=400)


def forget_counts(*, now: datetime, for_real: bool) -> int:
    """How many rows are, or would be, deleted; safe to repeat."""
    old = PostingDay.objects.filter(day__lt=local_day(now) - KEPT_FOR)
    return old.delete()[0] if for_real else old.count()
