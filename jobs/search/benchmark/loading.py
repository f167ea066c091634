"""A scratch database with many postings: COPY by several processes, indexes after."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from accounts.lib.workers import helper_count, map_in_order
from jobs.postings.models import Posting
from jobs.search.benchmark.corpus import row_of
from jobs.search.models import PostingIndex, SampleIndex
from jobs.search.rules.ranking import in_sample, rank_of
from jobs.search.rules.segmentation import TOKENIZER_VERSION

PIECE = 20_000
TABLES = tuple(m._meta.db_table for m in (Posting, PostingIndex, SampleIndex))
_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY(%s) AND NOT i.indisunique
"""
_FOREIGN = """
SELECT t.relname, c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE t.relname = ANY(%s) AND c.contype = 'f'
"""


@contextmanager
def scratch_database() -> Iterator[None]:
    """Made with all migrations, dropped at the end whatever happens."""
    settings = connection.settings_dict
    before, test = settings["NAME"], dict(settings.get("TEST") or {})
    name = f"bench_search_{os.getpid()}"
    settings["TEST"] = test | {"NAME": name, "MIGRATE": True}
    try:
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False
        )
        yield
    finally:
        # Only what was really switched to is dropped.
        if settings["NAME"] == name:
            connection.creation.destroy_test_db(before, verbosity=0)
        settings["TEST"] = test


def load(rows: int, progress: Callable[[int], object]) -> dict[str, float]:
    """Fill the scratch database; seconds a step."""
    now = int(time.time())
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [list(TABLES)])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(_FOREIGN, [list(TABLES)])
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    target = {
        k: connection.settings_dict[k]
        for k in ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    }
    pieces = [
        (target, first, min(first + PIECE, rows + 1), now)
        for first in range(1, rows + 1, PIECE)
    ]
    for done in map_in_order(write_piece, pieces, processes=helper_count()):
        progress(done)
    copied = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        indexed = time.monotonic()
        for table in TABLES:
            cursor.execute(f'VACUUM ANALYZE "{table}"')
    return {
        "copy": copied - started,
        "indexes": indexed - copied,
        "vacuum": time.monotonic() - indexed,
    }


def write_piece(task: tuple[dict[str, Any], int, int, int]) -> int:
    """Runs in a helper process, with a connection of its own."""
    import psycopg

    target, first, end, now = task
    names = {
        "NAME": "dbname",
        "HOST": "host",
        "PORT": "port",
        "USER": "user",
        "PASSWORD": "password",
    }
    options = {names[k]: v for k, v in target.items() if v}
    rows = [(number, row_of(number, now=now)) for number in range(first, end)]
    base = _constant_values()
    with psycopg.connect(**options) as own, own.cursor() as cursor:
        # A scratch copy that is lost with the machine is no loss.
        cursor.execute("SET synchronous_commit = off")
        with cursor.copy(_copy_into(TABLES[0], list(base))) as copy:
            for number, row in rows:
                moment = datetime.fromtimestamp(row.entry["posted"], UTC)
                values = (
                    base
                    | row.posting
                    | {
                        "id": number,
                        "public_id": uuid.UUID(int=number),
                        "source_id": str(number),
                        "published_at": moment,
                        "date_posted": moment.date(),
                        "valid_through": moment + timedelta(days=200),
                    }
                )
                copy.write_row([values[name] for name in base])
        for table, sampled in ((TABLES[1], False), (TABLES[2], True)):
            columns: list[str] | None = None
            chosen = [e for e in rows if not sampled or in_sample(e[0])]
            if not chosen:
                continue
            columns = list(_entry_values(*chosen[0]))
            with cursor.copy(_copy_into(table, columns)) as copy:
                for number, row in chosen:
                    copy.write_row(list(_entry_values(number, row).values()))
    return end - first


def _copy_into(table: str, columns: list[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'COPY "{table}" ({names}) FROM STDIN'


def _constant_values() -> dict[str, Any]:
    plain = Posting(state="published", source_name="bench", version=1)
    return {
        str(field.column): field.get_db_prep_save(
            field.pre_save(plain, add=True), connection
        )
        for field in Posting._meta.concrete_fields
    }


def _entry_values(number: int, row: Any) -> dict[str, Any]:
    values = dict(row.entry)
    quality, posted = values.pop("quality"), values["posted"]
    return values | {
        "posting_id": number,
        "tokenizer_version": TOKENIZER_VERSION,
        "rank": rank_of(posted, quality),
        "valid_through": datetime.fromtimestamp(posted, UTC) + timedelta(days=200),
    }


def sizes() -> dict[str, int]:
    """Bytes on disk: the entries with all their indexes, the words' index, the sample."""
    with ExitStack() as stack:
        cursor = stack.enter_context(connection.cursor())
        cursor.execute(
            "SELECT pg_total_relation_size(%s), pg_relation_size('search_words'),"
            " pg_total_relation_size(%s), pg_total_relation_size(%s)",
            [TABLES[1], TABLES[2], TABLES[0]],
        )
        entries, words, sample, postings = cursor.fetchone()
    return {"entries": entries, "words": words, "sample": sample, "postings": postings}
