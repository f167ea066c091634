"""How often each lexeme stands in the index: what a search is planned by.

Writers append what they changed; a task folds it in. Nobody waits for a common word.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from jobs.search.models import PostingIndex, SampleIndex, WordDelta, WordFrequency

# One folder at a time; the number only has to be ours.
_FOLDING = 7_301_115
_INDEX, _SAMPLE, _DELTA, _FREQUENCY = (
    model._meta.db_table
    for model in (PostingIndex, SampleIndex, WordDelta, WordFrequency)
)
_DROP = f"""
WITH sampled AS (DELETE FROM {_SAMPLE} WHERE posting_id = ANY(%s)),
gone AS (DELETE FROM {_INDEX} WHERE posting_id = ANY(%s) RETURNING words),
counted AS (
    SELECT lexeme, -count(*) AS change
    FROM gone, unnest(tsvector_to_array(words)) AS lexeme GROUP BY lexeme
)
INSERT INTO {_DELTA} (lexemes, changes)
SELECT array_agg(lexeme), array_agg(change) FROM counted HAVING count(*) > 0
"""  # noqa: S608 - our own tables
_ADDED = f"""
INSERT INTO {_DELTA} (lexemes, changes)
SELECT array_agg(lexeme), array_agg(change) FROM (
    SELECT lexeme, count(*) AS change
    FROM {_INDEX}, unnest(tsvector_to_array(words)) AS lexeme
    WHERE posting_id = ANY(%s) GROUP BY lexeme
) AS counted HAVING count(*) > 0
"""  # noqa: S608
_FOLD = f"""
WITH taken AS (
    DELETE FROM {_DELTA} WHERE id IN (SELECT id FROM {_DELTA} ORDER BY id LIMIT %s)
    RETURNING lexemes, changes
),
summed AS (
    SELECT lexeme, sum(change)::bigint AS change
    FROM taken, unnest(lexemes, changes) AS pair (lexeme, change)
    GROUP BY lexeme HAVING sum(change) <> 0
),
written AS (
    INSERT INTO {_FREQUENCY} AS known (lexeme, entries)
    SELECT lexeme, change FROM summed
    ON CONFLICT (lexeme) DO UPDATE SET entries = known.entries + excluded.entries
)
SELECT count(*) FROM taken
"""  # noqa: S608
# One statement, one snapshot: a change it forgets is in the entries that it counts.
_COUNT = f"""
WITH taken AS (DELETE FROM {_DELTA})
INSERT INTO {_FREQUENCY} (lexeme, entries)
SELECT lexeme, count(*)
FROM {_INDEX}, unnest(tsvector_to_array(words)) AS lexeme GROUP BY lexeme
"""  # noqa: S608


def drop_entries(keys: Sequence[int]) -> None:
    """Delete the entries of these postings and note what that changes."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [list(keys), list(keys)])


def note_added(keys: Sequence[int]) -> None:
    """Note what new entries change."""
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_ADDED, [list(keys)])


def fold_words(*, batch: int = 500) -> int:
    """Bring the frequencies up to date; returns how many changes were taken in."""
    done = 0
    while taken := _fold_next(batch):
        done += taken
    return done


@transaction.atomic
def _fold_next(batch: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_FOLDING])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_FOLD, [batch])
        return int(cursor.fetchone()[0])


@transaction.atomic
def count_words() -> int:
    """Count every lexeme anew: for a table that was never filled or is in doubt."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FOLDING])
        cursor.execute(f"DELETE FROM {_FREQUENCY}")  # noqa: S608
        cursor.execute(_COUNT)
        return int(cursor.rowcount)
