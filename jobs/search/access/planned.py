"""Running statements whose plan is decided here and not by the planner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from accounts.lib.prepared import execute_again

# The planner knows nothing of words kept outside the rows and would read all of them.
_SETTINGS = {
    "enable_seqscan": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    # Whatever is asked, there is one good plan, and it is made once.
    "plan_cache_mode": "force_generic_plan",
}
_SET = "".join(f"SET LOCAL {name} = {value};" for name, value in _SETTINGS.items())
_SHOW = ", ".join(f"current_setting('{name}')" for name in _SETTINGS)
_RESTORE = """
SELECT set_config(name, setting, true) FROM unnest(%s::text[], %s::text[]) AS s (name, setting)
"""


class Planned:
    """Each statement goes with its settings in one message, which is a transaction.

    One of several messages would cost as much as the shorter searches themselves.
    """

    def __init__(self, cursor: Any, *, settings: str) -> None:
        self._cursor = cursor
        self._settings = settings
        self.fetchall = cursor.fetchall

    def execute(
        self,
        statement: str,
        values: Sequence[Any] | None = None,
        *,
        again: bool = False,
    ) -> None:
        """`again`: others like it follow, with other values and for the same plan."""
        if again:
            execute_again(self._cursor, statement, values or (), before=self._settings)
            return
        self._cursor.execute(f"{self._settings}{statement}", values)
        while self._cursor.nextset():
            pass


@contextmanager
def planned() -> Iterator[Planned]:
    with connection.cursor() as cursor:
        if not connection.in_atomic_block:
            yield Planned(cursor, settings=_SET)
            return
        # Made already for all of them, as the transaction goes on.
        cursor.execute(f"SELECT {_SHOW}")
        before = list(cursor.fetchone())
        cursor.execute(_SET)
        yield Planned(cursor, settings="")
        # After an error the transaction takes no more, and the settings fall with it.
        cursor.execute(_RESTORE, [list(_SETTINGS), before])
