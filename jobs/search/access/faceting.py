"""How many results each choice of a filter would bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from typing import Any

from jobs.search.access import planning
from jobs.search.access.planned import Planned
from jobs.search.access.planning import Plan, plan_of
from jobs.search.access.statements import (
    DIMENSIONS,
    FACET_COLUMNS,
    Lookup,
    Sql,
    add_facets,
    add_found,
    row_checks,
)
from jobs.search.rules.lexemes import EDUCATION, PAY_STEPS
from jobs.search.rules.query import Query

MOST_VALUES = 60
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many results each value of a filter would bring, the commonest first.

    Names in `about` were counted in a sample: their figures are rough.
    """

    counts: Counts = field(default_factory=dict)
    about: frozenset[str] = frozenset()


def own_dimensions(query: Query) -> list[str]:
    """Counted in the results themselves; a filter in force is counted without itself."""
    return [
        name
        for name in DIMENSIONS
        if not _in_force(query, name) and _asked_for(query, name)
    ]


def _asked_for(query: Query, name: str) -> bool:
    return name != "district" or bool(query.city_code)


def _in_force(query: Query, name: str) -> bool:
    return any(getattr(query, part) not in ("", None) for part in DIMENSIONS[name])


@dataclass(frozen=True, slots=True)
class Fold:
    """A wider look-up whose rows answer for the results and for filters in force.

    `checks` are asked of its rows instead of by its lexemes, each by a field of Query;
    `names` are the facets that come from rows in which their own fields are left open.
    """

    lookup: Lookup
    checks: dict[str, tuple[str, Any]] = field(default_factory=dict)
    names: Sequence[str] = ()

    def add_columns(self, sql: Sql) -> Sql:
        for name, (check, value) in self.checks.items():
            sql.add(f"({check}) AS fits_{name},", value)
        return sql

    def rows(self, name: str = "") -> str:
        """The rows that fit all checks, or all but those of one facet."""
        left_open = DIMENSIONS[name] if name else ()
        fits = [f"fits_{part}" for part in self.checks if part not in left_open]
        return f"(SELECT * FROM found WHERE {' AND '.join(fits) or 'true'}) AS rows"  # noqa: S608


def fold(cursor: Planned, query: Query, lookup: Lookup, now: datetime) -> Fold:
    """As few look-ups as may be: most of what one costs is in the words' index.

    Filters are left open as long as what that brings can all be read.
    """
    inside: list[str] = []
    widest = lookup
    for name in _others(query):
        fields = [part for n in (*inside, name) for part in DIMENSIONS[n]]
        wider = without(query, *fields)
        found = planning.lookup_for(wider, now=now)
        if found and plan_of(cursor, wider, found, [name]).is_exact:
            inside.append(name)
            widest = found
    parts = dict.fromkeys(part for name in inside for part in DIMENSIONS[name])
    asked = [part for part in parts if getattr(query, part) not in ("", None)]
    return Fold(widest, row_checks(query, asked), inside)


def _others(query: Query) -> list[str]:
    """Filters in force, which are counted without themselves."""
    return [n for n in DIMENSIONS if _in_force(query, n) and _asked_for(query, n)]


def facets_of(
    cursor: Planned, query: Query, own: Counts, plan: Plan, now: datetime
) -> Facets:
    """`own` are the counts of the results themselves and of what was folded in."""
    shown = {name: _tidy(name, own[name], plan) for name in own}
    about = set() if plan.is_exact else set(own)
    for name in _others(query):
        if name in own:
            continue
        wider = without(query, *DIMENSIONS[name])
        lookup = planning.lookup_for(wider, now=now)
        if lookup is None:
            continue
        inner = plan_of(cursor, wider, lookup, [name])
        if inner.guess is None:
            counts = _counted(cursor, lookup, [name])
        else:
            counts = inner.guess.counts
            about.add(name)
        shown[name] = _tidy(name, counts.get(name, {}), inner)
    return Facets(shown, frozenset(about))


def _counted(cursor: Planned, lookup: Lookup, dimensions: Sequence[str]) -> Counts:
    sql = Sql().add("WITH found AS MATERIALIZED (")
    add_found(sql, lookup, FACET_COLUMNS).add(")")
    add_facets(sql, dimensions)
    counts: Counts = {}
    for name, value, many, _b, _c in sql.run(cursor):
        if name != "total":
            counts.setdefault(name, {})[value] = many
    return counts


def _tidy(name: str, counts: dict[str, int], plan: Plan) -> dict[str, int]:
    """In the order of the choices; values that bring nothing are left out."""
    if name in _UPWARDS:
        if plan.guess is None or not plan.guess.is_summed:
            counts = _UPWARDS[name](counts)
        return {value: many for value, many in counts.items() if many}
    named = ((value, many) for value, many in counts.items() if value and many)
    return dict(sorted(named, key=lambda p: (-p[1], p[0]))[:MOST_VALUES])


def _pay_upwards(counts: dict[str, int]) -> dict[str, int]:
    """Who takes 3000 takes 4000 too."""
    return {
        str(step): sum(many for value, many in counts.items() if int(value) >= step)
        for step in PAY_STEPS
    }


def _education_upwards(counts: dict[str, int]) -> dict[str, int]:
    """Who finished college takes work that asks for less."""
    sums = accumulate(counts.get(level, 0) for level in EDUCATION)
    return dict(zip(EDUCATION, sums, strict=True))


_UPWARDS = {"pay": _pay_upwards, "education": _education_upwards}


def without(query: Query, *fields: str) -> Query:
    """The query with some of its facts left open."""
    empty = Query()
    return replace(query, **{name: getattr(empty, name) for name in fields})
