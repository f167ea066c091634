"""A scratch database with many postings: COPY by several processes, indexes after."""

from __future__ import annotations

import hashlib
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from accounts.lib.workers import helper_count, map_in_order
from jobs.postings.models import Posting
from jobs.search.benchmark.corpus import Row, row_of
from jobs.search.models import PostingIndex, SampleIndex
from jobs.search.rules.ranking import in_sample, rank_of
from jobs.search.rules.segmentation import TOKENIZER_VERSION

PIECE = 10_000
TABLES = tuple(m._meta.db_table for m in (Posting, PostingIndex, SampleIndex))
_KEPT = "bench_search_kept_"
_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY(%s)
AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY c.relname <> 'search_words', c.relname
"""
_FOREIGN = """
SELECT t.relname, c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
JOIN pg_class r ON r.oid = c.confrelid
WHERE (t.relname = ANY(%s) OR r.relname = ANY(%s)) AND c.contype = 'f'
"""


@contextmanager
def scratch_database(kept: str = "") -> Iterator[bool]:
    """Made with all migrations, dropped at the end whatever happens.

    One that is `kept` stays, and is taken up as it is the next time: yields whether
    it is filled already.
    """
    settings = connection.settings_dict
    before, test = settings["NAME"], dict(settings.get("TEST") or {})
    name = kept or f"bench_search_{os.getpid()}"
    filled = bool(kept) and _exists(name)
    settings["TEST"] = test | {"NAME": name, "MIGRATE": True}
    try:
        # It tells of a cache table, and the figures are to stand there alone.
        with redirect_stdout(sys.stderr):
            connection.creation.create_test_db(
                verbosity=0, autoclobber=True, serialize=False, keepdb=filled
            )
        yield filled
        filled = bool(kept)
    finally:
        # Only what was really switched to is dropped.
        if settings["NAME"] == name:
            connection.creation.destroy_test_db(before, verbosity=0, keepdb=filled)
        settings["TEST"] = test


def kept_name(rows: int) -> str:
    """Of the database that `--keep` leaves: another one after each migration."""
    migrations = sorted(MigrationLoader(None).disk_migrations or ())
    digest = hashlib.sha256(repr(migrations).encode()).hexdigest()[:8]
    return f"{_KEPT}{rows}_{digest}"


def _exists(name: str) -> bool:
    """Drops what was kept of the same size before a migration."""
    family = name.rsplit("_", 1)[0] + "_"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family]
        )
        found = {row[0] for row in cursor.fetchall()}
        for old in found - {name}:
            cursor.execute(f'DROP DATABASE "{old}"')
    return name in found


def load(rows: int, progress: Callable[[int], object]) -> dict[str, float]:
    """Fill the scratch database; seconds a step."""
    now = int(time.time())
    started = time.monotonic()
    indexes = _strip()
    reached = target()
    pieces = [
        (reached, first, min(first + PIECE, rows + 1), now)
        for first in range(1, rows + 1, PIECE)
    ]
    for done in map_in_order(write_piece, pieces, processes=helper_count()):
        progress(done)
    copied = time.monotonic()
    _build(reached, indexes)
    indexed = time.monotonic()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'VACUUM ANALYZE "{table}"')
    return {
        "copy": copied - started,
        "indexes": indexed - copied,
        "vacuum": time.monotonic() - indexed,
    }


def _strip() -> list[str]:
    """Leave the tables bare for the copy; returns how to make their indexes again."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [list(TABLES)])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(_FOREIGN, [list(TABLES), list(TABLES)])
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        for table in TABLES:
            # A scratch copy that is lost with the machine is no loss.
            cursor.execute(f'ALTER TABLE "{table}" SET UNLOGGED')
    return [definition for _name, definition in indexes]


def _build(target: dict[str, str], indexes: list[str]) -> None:
    """The words' index in one session, which takes longest, all others in a second."""
    words, others = indexes[:1], indexes[1:]
    with ThreadPoolExecutor(2) as pool:
        for done in [
            pool.submit(_run, target, words),
            pool.submit(_run, target, others),
        ]:
            done.result()


def _run(target: dict[str, str], statements: list[str]) -> None:
    with psycopg.connect(**target, autocommit=True) as own:  # type: ignore[arg-type]
        own.execute("SET maintenance_work_mem = '512MB'")
        for statement in statements:
            own.execute(statement)


def target() -> dict[str, str]:
    """The scratch database, as another session finds it."""
    return {
        key: str(connection.settings_dict[name])
        for name, key in _NAMES.items()
        if connection.settings_dict[name]
    }


_NAMES = {
    "NAME": "dbname",
    "HOST": "host",
    "PORT": "port",
    "USER": "user",
    "PASSWORD": "password",
}


def write_piece(task: tuple[dict[str, str], int, int, int]) -> int:
    """Runs in a helper process, with a connection of its own."""
    target, first, end, now = task
    rows = [(number, row_of(number, now=now)) for number in range(first, end)]
    sampled = [row for row in rows if in_sample(row[0])]
    with psycopg.connect(**target) as own, own.cursor() as cursor:  # type: ignore[arg-type]
        cursor.execute("SET synchronous_commit = off")
        base = _constant_values()
        _copy(cursor, TABLES[0], (base | _posting_values(*row) for row in rows))
        _copy(cursor, TABLES[1], (_entry_values(*row) for row in rows))
        _copy(cursor, TABLES[2], (_entry_values(*row) for row in sampled))
    return end - first


def _copy(cursor: Any, table: str, rows: Iterator[dict[str, Any]]) -> None:
    head = next(rows, None)
    if head is None:
        return
    names = ", ".join(f'"{column}"' for column in head)
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        copy.write_row(list(head.values()))
        for row in rows:
            copy.write_row([row[name] for name in head])


def _constant_values() -> dict[str, Any]:
    plain = Posting(state="published", source_name="bench", version=1)
    return {
        str(field.column): field.get_db_prep_save(
            field.pre_save(plain, add=True), connection
        )
        for field in Posting._meta.concrete_fields
    }


def _posting_values(number: int, row: Row) -> dict[str, Any]:
    moment = datetime.fromtimestamp(row.entry["posted"], UTC)
    return row.posting | {
        "id": number,
        "public_id": uuid.UUID(int=number),
        "source_id": str(number),
        "published_at": moment,
        "date_posted": moment.date(),
        "valid_through": moment + timedelta(days=200),
    }


def _entry_values(number: int, row: Row) -> dict[str, Any]:
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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_total_relation_size(%s), pg_relation_size('search_words'),"
            " pg_total_relation_size(%s), pg_total_relation_size(%s)",
            [TABLES[1], TABLES[2], TABLES[0]],
        )
        entries, words, sample, postings = cursor.fetchone()
    return {"entries": entries, "words": words, "sample": sample, "postings": postings}
