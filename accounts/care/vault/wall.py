"""The wall in the database: tables of care lie in a schema of their own, behind a role.

Web processes and workers stand outside: their role cannot read that schema. Code of this
package steps behind the wall for one transaction and comes out with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created

SCHEMA = "care"
# As whom the site works, and as whom care does; nobody can sign in as either.
OUTSIDE = "ashore_app"
BEHIND = "ashore_care"


@contextmanager
def behind_the_wall() -> Iterator[None]:
    """One transaction with the rights to read and write care; may be nested.

    Nothing read lazily works afterwards: a page is rendered inside.
    """
    with transaction.atomic():
        before = _take_role(BEHIND)
        yield
        # An error undoes the role together with everything else.
        if before != BEHIND:
            _take_role(before)


def is_behind() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        return bool(cursor.fetchone()[0] == BEHIND)


def _take_role(role: str) -> str:
    """Until the transaction ends; returns the role that was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), set_config('role', %s, true)", [role]
        )
        return str(cursor.fetchone()[0])


def stay_outside() -> None:
    """From now on every connection of this process gives up the right to read care."""
    connection_created.connect(_step_outside, dispatch_uid="care.wall")
    connection.close()


def _step_outside(*, connection: Any, **_signal: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', rolname, false) FROM pg_roles WHERE rolname = %s",
            [OUTSIDE],
        )
