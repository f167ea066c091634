from __future__ import annotations

from jobs.search.rules.lexemes import Wanted, query_of
from jobs.search.rules.query import Query

_SAME = (
    "text",
    "city_code",
    "occupation",
    "lowest_pay",
    "education",
    "shift",
    "channel",
    "weekends_off",
    "no_phone",
    "no_collection",
)


def literal_of(query: Query) -> str:
    """The search's tsquery literal."""
    parts = [query_of(Wanted(**{name: getattr(query, name) for name in _SAME}))]
    parts += [f"({' | '.join(map(_quoted, group))})" for group in query.words if group]
    parts += [f"!{_quoted(word)}" for word in query.without]
    return " & ".join(part for part in parts if part)


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
