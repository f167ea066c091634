"""New postings find their searches: one statement for a batch of postings.

A posting's words are taken from the search index, so that an alert finds what the page
finds. Every key of a posting is looked up among the searches' anchors; what the anchor
leaves open is checked on the few that remain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from accounts.lib.bulk import copy_rows
from jobs.alerts.models import PostingNews
from jobs.alerts.rules.anchors import NO_KEYS
from jobs.alerts.tasks import percolate
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.search.models import PostingIndex
from jobs.search.rules.lexemes import EDUCATION

# So many postings a statement: a second's work, so little is lost with a worker.
BATCH = 400
DAY = 86_400

# Rows another worker has, and postings somebody is changing, are left for next time:
# this never waits for a writer, so it cannot wait in a circle with one. Of a posting's
# rows the oldest is asked for, so that no two workers have the same posting. The setting
# is for what follows in the transaction: a batch of keys kept out of temporary files.
_TAKE = """
WITH picked AS MATERIALIZED (
    SELECT news.posting_id FROM jobs_alerts_postingnews AS news
    JOIN jobs_postings_posting AS posting ON posting.id = news.posting_id
    WHERE NOT EXISTS (
        SELECT FROM jobs_alerts_postingnews AS older
        WHERE older.posting_id = news.posting_id AND older.id < news.id
    )
    ORDER BY news.id LIMIT %(limit)s
    FOR UPDATE OF news SKIP LOCKED FOR KEY SHARE OF posting SKIP LOCKED
)
DELETE FROM jobs_alerts_postingnews AS news USING picked
WHERE news.posting_id = picked.posting_id
RETURNING news.posting_id, EXISTS (
    SELECT FROM jobs_alerts_alertmatch AS old WHERE old.posting_id = news.posting_id
), set_config('work_mem', '32MB', true)
"""

# Everything is read from the search's own entries: what a page compares is compared here.
# `words || ''` unpacks a long vector once instead of at every comparison.
_FIND = f"""
WITH posting AS MATERIALIZED (
    SELECT posting_id AS id, city_code AS city, lowest_pay AS pay, posted,
        array_position(%(levels)s::text[], education::text) - 1 AS schooling,
        words || ''::tsvector AS words
    FROM {PostingIndex._meta.db_table}
    WHERE posting_id = ANY(%(postings)s) AND valid_through > %(now)s
), key AS MATERIALIZED (
    SELECT posting.id, posting.pay, posting.schooling, posting.posted, anchor
    FROM posting, unnest(tsvector_to_array(words) || '{{*}}'::text[]) AS word,
        LATERAL (VALUES
            ((posting.city || '|' || word) COLLATE "C"), (('*|' || word) COLLATE "C")
        ) AS known (anchor)
    WHERE word !~ %(no_keys)s
), found AS (
    SELECT a.search_id, key.id AS posting_id FROM key
    JOIN jobs_alerts_searchanchor AS a ON a.anchor = key.anchor AND a.rest IS NULL
    WHERE a.pay <= key.pay AND a.schooling >= key.schooling
      AND (a.days = 0 OR key.posted >= %(seconds)s - a.days * {DAY}::bigint)
    UNION
    SELECT a.search_id, key.id FROM key
    JOIN jobs_alerts_searchanchor AS a ON a.anchor = key.anchor AND a.rest IS NOT NULL
    JOIN posting ON posting.id = key.id
    WHERE a.pay <= key.pay AND a.schooling >= key.schooling
      AND (a.days = 0 OR key.posted >= %(seconds)s - a.days * {DAY}::bigint)
      AND posting.words @@ a.rest
)
"""  # noqa: S608 - our own tables
_SHOW = "SELECT search_id, posting_id FROM found"
# In the index's order: a leaf is visited once.
_WRITE = """
INSERT INTO jobs_alerts_alertmatch (search_id, posting_id, found_at, waits)
SELECT search_id, posting_id, %(now)s, true FROM found ORDER BY search_id
"""
# Costs a third more, and most postings are new: only where one was compared before.
_WRITE_WHAT_IS_NEW = f"{_WRITE} ON CONFLICT (search_id, posting_id) DO NOTHING"


def note_postings(postings: Sequence[Posting]) -> None:
    """Follow postings in the writer's transaction: open ones are compared soon."""
    shown = [p for p in postings if p.state == PostingState.PUBLISHED]
    if not shown:
        return
    copy_rows([PostingNews(posting=posting) for posting in shown])
    # Only a nudge: the schedule finds the rows even when no broker answers now.
    transaction.on_commit(percolate.delay, robust=True)


def percolate_all(
    *,
    now: Callable[[], datetime],
    limit: int = BATCH,
    progress: Callable[[int], object] = lambda _n: None,
) -> int:
    """Everything that waits, batch by batch; returns how many matches were written.

    May be cut off anywhere: a batch is done whole or still waits.
    """
    written = 0
    while (done := percolate_batch(now=now(), limit=limit)) is not None:
        taken, matched = done
        written += matched
        progress(taken)
    return written


@transaction.atomic
def percolate_batch(*, now: datetime, limit: int = BATCH) -> tuple[int, int] | None:
    """(postings taken, matches written); None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"limit": limit})
        taken = {posting: is_known for posting, is_known, _ in cursor.fetchall()}
        if not taken:
            return None
        write = _WRITE_WHAT_IS_NEW if any(taken.values()) else _WRITE
        cursor.execute(_FIND + write, _values(sorted(taken), now))
        return len(taken), cursor.rowcount


def matches_for(postings: Sequence[int], *, now: datetime) -> set[tuple[int, int]]:
    """(search, posting) of what these postings would find; writes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND + _SHOW, _values(postings, now))
        return set(cursor.fetchall())


def _values(postings: Sequence[int], now: datetime) -> dict[str, Any]:
    return {
        "postings": list(postings),
        "now": now,
        # Whole seconds, as the page counts them.
        "seconds": int(now.timestamp()),
        "levels": list(EDUCATION),
        "no_keys": NO_KEYS,
    }
