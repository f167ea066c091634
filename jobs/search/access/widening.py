from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from django.utils import timezone

from jobs.search.access import planning
from jobs.search.access.faceting import without
from jobs.search.access.planned import planned
from jobs.search.access.planning import EXACT
from jobs.search.access.running import COUNT_CAP
from jobs.search.access.statements import INDEX, SAMPLE, Lookup, Sql, add_from
from jobs.search.rules.lexemes import groups_of
from jobs.search.rules.query import Query
from jobs.search.rules.ranking import SAMPLE_RATE

MOST = 16
_NOT_FILTERS = frozenset({"text", "words", "without", "near", "sort"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One piece of a query to drop: a field of Query, and which word of it."""

    name: str
    number: int | None
    query: Query
    total: int
    is_capped: bool


def suggestions(query: Query) -> list[Suggestion]:
    """Which single piece to drop, with what that brings, the most first."""
    now = timezone.now()
    wider = list(_wider(query))[:MOST]
    lookups = [planning.lookup_for(q, now=now) for _n, _i, q in wider]
    counts = _counted([lookup for lookup in lookups if lookup])
    found = [
        Suggestion(
            name, number, q, min(counts[lookup], COUNT_CAP), counts[lookup] > COUNT_CAP
        )
        for (name, number, q), lookup in zip(wider, lookups, strict=True)
        if lookup and counts[lookup]
    ]
    return sorted(found, key=lambda s: -s.total - s.is_capped)


def counts(queries: Sequence[Query]) -> list[int]:
    """How many each of them brings, together; COUNT_CAP + 1 stands for more."""
    now = timezone.now()
    lookups = [planning.lookup_for(query, now=now) for query in queries]
    found = _counted(list(dict.fromkeys(lookup for lookup in lookups if lookup)))
    return [min(found[lookup], COUNT_CAP + 1) if lookup else 0 for lookup in lookups]


def _wider(query: Query) -> Iterator[tuple[str, int | None, Query]]:
    groups, empty = groups_of(query), Query()
    for number in range(len(groups)):
        rest = groups[:number] + groups[number + 1 :]
        yield "words", number, replace(query, words=rest, text="")
    for number in range(len(query.without)):
        rest_without = query.without[:number] + query.without[number + 1 :]
        yield "without", number, replace(query, without=rest_without)
    for part in fields(Query):
        if part.name in _NOT_FILTERS:
            continue
        if getattr(query, part.name) != getattr(empty, part.name):
            more = ("district_code",) if part.name == "city_code" else ()
            yield part.name, None, without(query, part.name, *more)


def _counted(lookups: list[Lookup]) -> dict[Lookup, int]:
    """Common ones by the sample: that there are more than the cap needs no counting."""
    if not lookups:
        return {}
    counts: dict[Lookup, int] = {}
    with planned() as cursor:
        for table, rate, most in (
            (SAMPLE, SAMPLE_RATE, EXACT // SAMPLE_RATE + 1),
            (INDEX, 1, COUNT_CAP + 1),
        ):
            left = [lookup for lookup in lookups if lookup not in counts]
            if not left:
                break
            sql = Sql()
            for number, lookup in enumerate(left):
                sql.add("UNION ALL" if number else "")
                sql.add("(SELECT %s::int AS n, count(*) FROM (SELECT 1", number)
                add_from(sql, lookup, table).add("LIMIT %s) AS hits)", most)
            # Hardly two of them ask for the same number of things.
            for number, many in sql.run(cursor, again=False):
                if rate == 1 or many * rate > EXACT:
                    counts[left[number]] = many * rate
    return counts
