"""Empty the tables after a test that commits: some milliseconds instead of a second.

Django's flush truncates every table, which makes all their files anew, and then writes
the permissions again. Deleting the few rows that such a test leaves costs next to nothing.
"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

# As the migrations left them; no test writes there.
KEPT = {"django_content_type", "auth_permission"}


def empty_tables() -> None:
    """What `flush` does. Waits, like it, for whoever is still writing."""
    if not _may_pass_triggers():
        call_command("flush", verbosity=0, interactive=False)
        return
    tables = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        # One statement after the other sees what those who were waited for wrote.
        cursor.execute(
            "SET LOCAL ROLE NONE;"
            # Rows that may only be added go too, in any order.
            "SET LOCAL session_replication_role = replica;"
            f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE;"
            + ";".join(f"DELETE FROM {table}" for table in tables)
        )


def _may_pass_triggers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
        return bool(cursor.fetchone()[0])


def _tables() -> list[str]:
    names = connection.introspection.django_table_names(
        only_existing=True, include_views=False
    )
    return [connection.ops.quote_name(name) for name in names if name not in KEPT]


def empty_tables_after_tests() -> None:
    def teardown(self: Any) -> None:
        empty_tables()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
