"""The statements that a search is made of; which of them run is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from jobs.search.access.planned import Planned
from jobs.search.models import PostingIndex, SampleIndex
from jobs.search.rules.lexemes import (
    EDUCATION,
    PAY_STEPS,
    Group,
    clean,
    facts_wanted,
    finds_nothing,
    group_query,
    groups_of,
    query_of,
    query_parts,
)
from jobs.search.rules.orders import NEAREST, NEWEST, PAY, SCORED, TIERED, Key
from jobs.search.rules.query import Query

INDEX, SAMPLE = PostingIndex._meta.db_table, SampleIndex._meta.db_table
DAY = 86_400
# What is counted beside each filter, and the Query fields that it replaces.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "city": ("city_code", "district_code"),
    "district": ("district_code",),
    "pay": ("lowest_pay",),
    "education": ("education",),
    "shift": ("shift",),
    "channel": ("channel",),
    "employment": ("employment",),
    "occupation": ("occupation",),
}
_STEPS = f"ARRAY[{', '.join(map(str, PAY_STEPS))}]"
COLUMNS = {
    "city": "city_code",
    "district": "place_code",
    "pay": "pay_step",
    "education": "education",
    "shift": "shift",
    "channel": "channel",
    "employment": "employment",
    "occupation": "occupation",
}


@dataclass(frozen=True, slots=True)
class Lookup:
    """A query as the index takes it; `checks` are what its lexemes say too coarsely.

    `parts` are `words` taken apart, the rarest first.
    """

    words: str
    parts: tuple[str, ...]
    titles: str
    groups: tuple[Group, ...]
    versions: tuple[int, ...]
    checks: tuple[tuple[str, Any], ...] = ()
    is_everything: bool = False
    city_code: str = ""


# How many entries have each of these lexemes; None for what was never counted.
Frequencies = Callable[[Sequence[str]], Mapping[str, int | None]]


def lookup_of(
    query: Query, *, versions: Iterable[int], now: datetime, known: Frequencies
) -> Lookup | None:
    """None when the query can find nothing."""
    if finds_nothing(query):
        return None
    olds, groups = tuple(versions), groups_of(query)
    is_everything = not (groups or facts_wanted(query) or query.without)
    # In a form that no index can answer the planner takes the words' one. By the pay's
    # it would look into the words of 700,000 rows to count to a thousand.
    plus = "" if is_everything else " + 0"
    checks: list[tuple[str, Any]] = [("valid_through > %s", now)]
    if query.lowest_pay is not None and query.lowest_pay > 0:
        checks.append((f"lowest_pay{plus} >= %s", most_pay(query)))
    if query.posted_within is not None:
        days = max(0, min(query.posted_within, 36_500))
        # To the minute: what the sample says of it can be remembered.
        checks.append(
            (f"posted{plus} >= %s", int(now.timestamp()) // 60 * 60 - days * DAY)
        )
    wanted, unwanted = query_parts(query, versions=olds)
    return Lookup(
        words=" & ".join([*wanted, *unwanted]),
        parts=_rarest_first(query, wanted, unwanted, known),
        titles=query_of(Query(words=groups), versions=olds) if groups else "",
        groups=groups,
        versions=olds,
        checks=tuple(checks),
        is_everything=is_everything,
        city_code=clean(query.city_code),
    )


def _rarest_first(
    query: Query, wanted: Sequence[str], unwanted: Sequence[str], known: Frequencies
) -> tuple[str, ...]:
    """The index steps through the entries of the first and asks the next of each.

    As one condition it would look at all of them for each entry of the rarest. What is
    not wanted goes with the first: alone it would be asked of everything.
    """
    lexemes = [*groups_of(query), *((fact,) for fact in facts_wanted(query))]
    if not lexemes:
        return (" & ".join([*wanted, *unwanted]),)
    # In the index of its province a city tells little apart.
    city = f"@c{clean(query.city_code)}"
    found = known([word for group in lexemes for word in group])
    sizes = [
        (group == (city,), sum(found[word] or 0 for word in group)) for group in lexemes
    ]
    order = sorted(range(len(wanted)), key=sizes.__getitem__)
    first, *rest = (wanted[number] for number in order)
    return " & ".join([first, *unwanted]), *rest


def most_pay(query: Query) -> int:
    """As a number that the column can hold."""
    return max(0, min(query.lowest_pay or 0, 2**31 - 1))


def titles_only(lookup: Lookup, query: Query, *, known: Frequencies) -> Lookup:
    """The first tier of common words: every word in the title."""
    wanted, unwanted = query_parts(query, versions=lookup.versions, title=True)
    return replace(
        lookup,
        words=" & ".join([*wanted, *unwanted]),
        parts=_rarest_first(query, wanted, unwanted, known),
    )


@dataclass(slots=True)
class Sql:
    """SQL under construction with its parameters, in order."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, text: str, *values: Any) -> Sql:
        self.parts.append(text)
        self.values += values
        return self

    def run(self, cursor: Planned, *, again: bool = True) -> list[tuple[Any, ...]]:
        cursor.execute("\n".join(self.parts), self.values, again=again)
        return list(cursor.fetchall())


def add_found(sql: Sql, lookup: Lookup, columns: str) -> Sql:
    """Everything that matches, by the words' index."""
    return add_from(sql.add(f"SELECT {columns}"), lookup)


def add_from(sql: Sql, lookup: Lookup, table: str = INDEX) -> Sql:
    asked = " AND ".join(["words @@ %s::tsquery"] * len(lookup.parts))
    sql.add(f"FROM {table} WHERE {asked}", *lookup.parts)
    if table == INDEX and lookup.city_code:
        # As the index of its province says it, so that this one is read.
        province = lookup.city_code[:2]
        sql.add(f"AND city_code LIKE '{province if province.isdecimal() else ''}%%'")
    for check, value in lookup.checks:
        sql.add(f"AND {check}", value)
    return sql


def row_checks(query: Query, fields: Iterable[str]) -> dict[str, tuple[str, Any]]:
    """What a field of the query asks, as it is asked of a row instead of its lexemes."""
    levels = (
        EDUCATION[: EDUCATION.index(query.education) + 1]
        if (query.education in EDUCATION)
        else ()
    )
    known = {
        "city_code": ("city_code = %s", clean(query.city_code)),
        "district_code": ("place_code = %s", clean(query.district_code)),
        "lowest_pay": ("lowest_pay >= %s", most_pay(query)),
        "education": ("education = ANY(%s)", list(levels)),
        "shift": ("shift = %s", clean(query.shift)),
        "channel": ("channel = %s", clean(query.channel)),
        "employment": ("employment = %s", clean(query.employment)),
        "occupation": ("occupation = %s", clean(query.occupation)),
    }
    return {name: known[name] for name in fields}


def key_columns(order: str) -> tuple[str, str]:
    return {
        SCORED: ("score", "rank"),
        TIERED: ("score", "rank"),
        NEWEST: ("posted", "0"),
        PAY: ("lowest_pay", "rank"),
        NEAREST: ("score", "rank"),
    }[order]


def add_score(sql: Sql, lookup: Lookup, order: str, weights: Sequence[int]) -> Sql:
    """An order's first number, where it is no column of its own."""
    if order == TIERED and lookup.titles:
        return sql.add(
            "ts_match_vq(title_words, %s::tsquery)::int AS score", lookup.titles
        )
    if order != SCORED or not lookup.groups:
        return sql.add("0 AS score")
    hits = []
    for group, weight in zip(lookup.groups, weights, strict=True):
        hits.append("%s * ts_match_vq(title_words, %s::tsquery)::int")
        sql.values += [weight, group_query(group, lookup.versions)]
    # Of two titles with the same words the shorter one is more about them.
    sql.parts.append(
        f"8 * ({' + '.join(hits)}) + 8 / greatest(length(title_words), 1) AS score"
    )
    return sql


def add_page(
    sql: Sql,
    order: str,
    key: Key | None,
    *,
    back: bool,
    size: int,
    found: str = "found",
) -> Sql:
    first, second = key_columns(order)
    sql.add(f"SELECT {first} AS a, {second} AS b, posting_id AS c FROM {found}")  # noqa: S608
    if key is not None:
        sign = ">" if back else "<"
        sql.add(f"WHERE ({first}, {second}, posting_id) {sign} (%s, %s, %s)", *key)
    way = "ASC" if back else "DESC"
    return sql.add(f"ORDER BY a {way}, b {way}, c {way} LIMIT %s", size)


def add_facets(sql: Sql, dimensions: Sequence[str], found: str = "found") -> Sql:
    """Rows of (dimension, value, how many), and one of the total."""
    columns = [COLUMNS[name] for name in dimensions]
    names = " ".join(
        f"WHEN grouping({column}) = 0 THEN '{name}'"
        for name, column in zip(dimensions, columns, strict=True)
    )
    values = "".join(f"{column}::text, " for column in columns)
    sets = "".join(f"({column}), " for column in columns)
    kind = f"CASE {names} ELSE 'total' END" if names else "'total'"
    return sql.add(
        f"SELECT {kind} AS k, coalesce({values}'') AS v, count(*) AS a,"  # noqa: S608
        f" 0::bigint AS b, 0::bigint AS c FROM {found} GROUP BY GROUPING SETS ({sets}())"
    )


def add_facet(sql: Sql, name: str, found: str) -> Sql:
    """Rows of one dimension more, counted in rows of their own."""
    column = COLUMNS[name]
    return sql.add(
        f"UNION ALL SELECT '{name}', {column}::text, count(*), 0, 0 FROM {found} GROUP BY {column}"  # noqa: S608
    )


FACET_COLUMNS = (
    "city_code, place_code, education, shift, channel, employment, occupation, "
    f"coalesce(({_STEPS})[width_bucket(lowest_pay, {_STEPS})], 0) AS pay_step"
)


def walk(
    cursor: Planned,
    lookup: Lookup,
    order: str,
    key: Key | None,
    *,
    back: bool,
    size: int,
    most: int,
    tier: int | None = None,
) -> list[Key]:
    """The page by walking along the order's index past at most `most` rows.

    Fewer rows than asked for mean that the walk ended too early to tell.
    """
    column = {NEWEST: "posted", PAY: "lowest_pay, rank"}.get(order, "rank")
    columns = f"{column}, posting_id"
    way, sign = ("ASC", ">") if back else ("DESC", "<")
    ordering = ", ".join(f"{name.strip()} {way}" for name in columns.split(","))
    sql = Sql().add(f"SELECT {_walked_key(order, tier)} FROM (SELECT * FROM {INDEX}")  # noqa: S608
    conditions = []
    if lookup.city_code:
        conditions.append("city_code = %s")
        sql.values.append(lookup.city_code)
    if key is not None:
        own = {NEWEST: (key[0],), PAY: (key[0], key[1])}.get(order, (key[1],))
        conditions.append(f"({columns}) {sign} ({', '.join(['%s'] * (len(own) + 1))})")
        sql.values += [*own, key[2]]
    if conditions:
        sql.add(f"WHERE {' AND '.join(conditions)}")
    sql.add(f"ORDER BY {ordering} LIMIT %s) AS near WHERE true", most)
    if tier is not None:
        sql.add(
            f"AND {'' if tier else 'NOT '}ts_match_vq(title_words, %s::tsquery)",
            lookup.titles,
        )
    for check, value in lookup.checks:
        sql.add(f"AND {check}", value)
    if not lookup.is_everything:
        # As a function and not as an operator: no index can answer that.
        sql.add("AND ts_match_vq(words, %s::tsquery)", lookup.words)
    sql.add(f"ORDER BY {ordering} LIMIT %s", size)
    return [(int(a), int(b), int(c)) for a, b, c in sql.run(cursor)]


def _walked_key(order: str, tier: int | None) -> str:
    first = {NEWEST: "posted, 0", PAY: "lowest_pay, rank"}.get(
        order, f"{tier or 0}, rank"
    )
    return f"{first}, posting_id"
