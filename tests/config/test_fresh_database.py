from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from config.env import PROJECT_DIR
from config.fresh_database import quick_states
from tests.jobs.search.web_bench import address_of

# What there is, and how PostgreSQL writes it.
CATALOG = """
SELECT 'column', attrelid::regclass::text, attname || ' ' || format_type(atttypid, atttypmod)
    || ' ' || attnotnull || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r'
    AND relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger
WHERE NOT tgisinternal
"""
# A broker on the database makes its own tables when other tests first use it.
BROKERS = "kombu_"
_CHOICES = re.compile(r"ARRAY\[([^]]*)\]")
PLAIN = "tests_plain_migrations"


def catalog(database: str) -> set[tuple[str, ...]]:
    with psycopg.connect(database) as reader:
        rows = reader.execute(CATALOG).fetchall()
    return {
        tuple(_CHOICES.sub(_sorted, part) for part in row)
        for row in rows
        if not row[1].startswith(BROKERS)
    }


def _sorted(found: re.Match[str]) -> str:
    """Choices of a set are written in any order."""
    return ", ".join(sorted(found[1].split(", ")))


def address(**other: str) -> str:
    """Of the tests' database, or of another one on its server."""
    reached = connection.get_connection_params() | other
    return address_of({name: str(value) for name, value in reached.items()})


@pytest.fixture
def plain_database(transactional_db: None) -> Iterator[str]:
    """Migrated by Django's own command alone."""
    plain = address(dbname=PLAIN)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {PLAIN} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {PLAIN}")
    try:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=PROJECT_DIR,
            env=os.environ | {"DATABASE_URL": plain},
            check=True,
        )
        yield plain
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {PLAIN} WITH (FORCE)")


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("CI"), reason="takes minutes")
def test_it_is_the_database_that_plain_migrations_make(plain_database: str) -> None:
    expected, found = catalog(plain_database), catalog(address())
    assert {kind for kind, _table, _text in expected} == {
        "column",
        "constraint",
        "index",
        "trigger",
    }
    assert found == expected


def test_afterwards_django_does_it_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(*_given: object) -> None:
        """Stands for Django's own, which the tests replace from the start."""

    monkeypatch.setattr(ProjectState, "_append_option", plain)
    seen = []
    with suppress(RuntimeError), quick_states():
        seen.append(vars(ProjectState)["_append_option"])
        raise RuntimeError("half way")
    seen.append(vars(ProjectState)["_append_option"])
    assert [found is plain for found in seen] == [False, True]
