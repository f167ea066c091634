"""Counts that cost a page nothing: they wait in memory and are written together.

A process that is killed loses what it had not written yet, half a minute at most. That
is right for figures that are shown in weeks and tens, and keeps lists free of writes.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from accounts.identity.enums import Kind
from accounts.lib.dates import today
from accounts.seekers.access import hides_from_anybody
from jobs.insights.enums import Seen, Source

logger = logging.getLogger(__name__)
Key = tuple[int, date, str, str]
# Somebody asks for very many postings in one go: written before memory fills.
MOST_WAITING = 20_000
_ADD = """
    INSERT INTO jobs_insights_postingday (posting_id, day, kind, source, count)
    SELECT found.posting, found.day, found.kind, found.source, found.count
    FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::text[], %s::int[])
        AS found (posting, day, kind, source, count)
    JOIN jobs_postings_posting ON jobs_postings_posting.id = found.posting
    ORDER BY 1, 2, 4, 3
    ON CONFLICT (posting_id, day, source, kind)
    DO UPDATE SET count = jobs_insights_postingday.count + excluded.count
"""


class Waiting:
    """What was counted and is not written yet; one for each process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[Key] = Counter()
        self._since = monotonic()

    def add(self, kind: str, source: str, postings: Iterable[int]) -> None:
        day = today()
        with self._lock:
            self._counts.update((key, day, kind, source) for key in postings)

    def is_due(self) -> bool:
        """One short look, without the lock: being late by one page is fine."""
        pause = settings.COUNTS_WAIT_FOR
        if pause is None or not self._counts:
            return False
        is_old = monotonic() - self._since >= pause
        return is_old or len(self._counts) >= MOST_WAITING

    def take(self) -> Counter[Key]:
        with self._lock:
            taken, self._counts = self._counts, Counter()
            self._since = monotonic()
        return taken

    def give_back(self, counts: Counter[Key]) -> None:
        with self._lock:
            self._counts.update(counts)


waiting = Waiting()


def count_seen(
    kind: str, source: str, postings: Sequence[int], user: Any = None
) -> None:
    """Count a page that showed these postings to a visitor or a seeker."""
    if postings and is_counted(user):
        waiting.add(kind, source, postings)
        if waiting.is_due():
            write_counts()


def count_kept(postings: Sequence[int]) -> None:
    """A list that was answered from memory: it only adds, the next fresh page writes."""
    waiting.add(Seen.SHOWN, Source.SEARCH, postings)


def is_counted(user: Any) -> bool:
    """Visitors, and seekers who hide from nobody.

    Whoever hides from an employer leaves no trace in any figure, not even in the
    figures of others: which employers belong together may change tomorrow.
    """
    if user is None or not user.is_authenticated:
        return True
    return user.kind == Kind.SEEKER and not hides_from_anybody(user)


def write_counts() -> int:
    """Add what waits to the days; safe side by side. How many counters were raised."""
    taken = waiting.take()
    if not taken:
        return 0
    rows = sorted(taken.items())
    columns = [list(column) for column in zip(*(key for key, _ in rows), strict=True)]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ADD, [*columns, [count for _, count in rows]])
            return int(cursor.rowcount)
    except DatabaseError as error:
        # Figures never break a page; they are tried again with the next ones.
        waiting.give_back(taken)
        logger.warning("counts not written: %s", type(error).__name__)
        return 0
