"""Statements that the server takes apart and plans once for each connection.

For the few that every page asks: to read and plan them takes longer than to answer them.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

from django.db import Error, connection
from psycopg import errors

# One takes some 130 kB of the server's memory, and that for each connection.
MOST_PREPARED = 120
MOST_SEEN = 1_000
# Somebody between us and the server gave us another connection, or a table was changed.
_LOST = (
    errors.InvalidSqlStatementName,
    errors.DuplicatePreparedStatement,
    errors.FeatureNotSupported,
)


class _Known:
    """What one connection was asked: the text of a statement and its name there.

    What comes once has no name yet: to prepare it costs more than it saves.
    """

    def __init__(self) -> None:
        self.seen: dict[str, None] = {}
        self.names: dict[str, str] = {}

    def message(self, statement: str, many: int) -> str:
        """What to send. The statement asked longest ago makes room for a new one."""
        name = self.names.pop(statement, "")
        if name:
            self.names[statement] = name
            return _call(name, many)
        if statement not in self.seen:
            if len(self.seen) >= MOST_SEEN:
                self.seen.clear()
            self.seen[statement] = None
            return statement
        del self.seen[statement]
        oldest = ""
        if len(self.names) >= MOST_PREPARED:
            oldest = f"DEALLOCATE {self.names.pop(next(iter(self.names)))};"
        self.names[statement] = name = _name(statement)
        return f"{oldest}PREPARE {name} AS {_numbered(statement)};{_call(name, many)}"


_known: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()


def execute_again(
    cursor: Any, statement: str, values: Sequence[Any], *, before: str = ""
) -> None:
    """Ask what others will ask too, with other values; `before` goes with it.

    Every `%s` of the statement has to say its type where that is not plain. Inside a
    transaction it is sent as it stands: an error there would end the transaction.
    """
    own = connection.connection
    if own is None or connection.in_atomic_block:
        _send(cursor, f"{before}{statement}", values)
        return
    message = _known.setdefault(own, _Known()).message(statement, len(values))
    try:
        _send(cursor, f"{before}{message}", values)
    except Error as error:
        if message is statement or not isinstance(error.__cause__, _LOST):
            raise
        _known.pop(own, None)
        _send(cursor, f"{before}{statement}", values)


def _send(cursor: Any, message: str, values: Sequence[Any]) -> None:
    """The answer of the last statement is what is left to fetch."""
    cursor.execute(message, values)
    while cursor.nextset():
        pass


def _name(statement: str) -> str:
    """Of its text: behind a pooler others may have prepared something there too."""
    return f"ashore_{blake2b(statement.encode(), digest_size=16).hexdigest()}"


def _call(name: str, many: int) -> str:
    return f"EXECUTE {name} ({', '.join(['%s'] * many)})" if many else f"EXECUTE {name}"


def _numbered(statement: str) -> str:
    first, *rest = statement.split("%s")
    return first + "".join(f"${n}{text}" for n, text in enumerate(rest, 1))
