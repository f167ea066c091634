from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from jobs.postings.cards import CardRow, open_rows
from jobs.search.access import planning
from jobs.search.access.faceting import (
    Counts,
    Facets,
    Fold,
    facets_of,
    fold,
    own_dimensions,
)
from jobs.search.access.nearest import nearest_page
from jobs.search.access.planned import Planned, planned
from jobs.search.access.planning import Guess, Plan
from jobs.search.access.statements import (
    FACET_COLUMNS,
    Lookup,
    Sql,
    add_facet,
    add_facets,
    add_from,
    add_page,
    add_score,
    titles_only,
    walk,
)
from jobs.search.rules.lexemes import EVERY, FACTS
from jobs.search.rules.orders import (
    NEAREST,
    SCORED,
    TIERED,
    Key,
    Place,
    order_of,
    place_from,
)
from jobs.search.rules.query import Query

COUNT_CAP = 1000
PAGE_SIZE = 20
# A walk looks at so many rows at least and at most before the index is asked instead.
SHORTEST_WALK, LONGEST_WALK = 500, 6_000
# To look at an entry on a walk costs two and a half times what one costs that the words'
# index named. Walking past entries/matches of them for each line of a page is cheaper
# from where the square of the matches is this many times the entries.
WALK_FROM = 80


@dataclass(frozen=True, slots=True)
class Page:
    """`before` and `after` are places for a link; empty where there is nothing more."""

    rows: Sequence[CardRow] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    page: Page
    # COUNT_CAP when `is_capped`: there are more, and nobody counted how many.
    total: int
    is_capped: bool
    facets: Facets


def results(
    query: Query,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
    with_facets: bool = True,
    now: datetime | None = None,
) -> Results:
    """One page of what fits, how many there are, and what each filter would bring."""
    now = now or timezone.now()
    lookup = planning.lookup_for(query, now=now)
    if lookup is None:
        return Results(Page(), total=0, is_capped=False, facets=Facets())
    place = place_from(before or after, sort=query.sort, groups=len(lookup.groups))
    own = own_dimensions(query) if with_facets else []
    with planned() as cursor:
        plan = planning.plan_of(cursor, query, lookup, own)
        asked = _asked(query, lookup, plan, place, is_back=bool(before), size=size)
        if plan.guess is None:
            whole = fold(cursor, query, lookup, now) if with_facets else Fold(lookup)
            keys, total, counts = _few(cursor, asked, own, whole)
        else:
            total, counts = plan.guess.total, plan.guess.counts
            keys = _many(cursor, asked, plan.guess)
        facets = Facets()
        if with_facets:
            facets = facets_of(cursor, query, counts, plan, now)
    page = _page(asked, keys, size)
    return Results(
        page, min(total, COUNT_CAP), is_capped=total > COUNT_CAP, facets=facets
    )


def search(
    query: Query, *, after: str = "", before: str = "", size: int = PAGE_SIZE
) -> Page:
    return results(query, after=after, before=before, size=size, with_facets=False).page


def top(query: Query, *, size: int = PAGE_SIZE) -> list[int]:
    """Numbers of the first postings alone, their rows not read."""
    lookup = planning.lookup_for(query, now=timezone.now())
    if lookup is None:
        return []
    with planned() as cursor:
        plan = planning.plan_of(cursor, query, lookup, [])
        asked = _asked(query, lookup, plan, None, is_back=False, size=size)
        if plan.guess is None:
            keys = _few(cursor, asked, [], Fold(lookup))[0]
        else:
            keys = _many(cursor, asked, plan.guess)
    return [key[2] for key in keys[:size]]


def count(query: Query) -> int:
    """COUNT_CAP + 1 stands for "more than COUNT_CAP"."""
    found = results(query, size=0, with_facets=False)
    return found.total + found.is_capped


def facets(query: Query) -> Facets:
    return results(query, size=0).facets


@dataclass(frozen=True, slots=True)
class _Asked:
    query: Query
    lookup: Lookup
    order: str
    weights: tuple[int, ...]
    key: Key | None
    back: bool
    # One more than the page shows, to know whether there is another.
    size: int


def _asked(
    query: Query,
    lookup: Lookup,
    plan: Plan,
    place: Place | None,
    *,
    is_back: bool,
    size: int,
) -> _Asked:
    """A page that goes on keeps the order and the weights it began with."""
    if place is not None:
        return _Asked(
            query, lookup, place.order, place.weights, place.key, is_back, size + 1
        )
    order = order_of(query.sort, few=plan.is_exact)
    weights = planning.weights_for(lookup.groups) if order == SCORED else ()
    return _Asked(query, lookup, order, weights, None, back=False, size=size + 1)


def _few(
    cursor: Planned, asked: _Asked, own: Sequence[str], fold: Fold
) -> tuple[list[Key], int, Counts]:
    """Everything that matches is read once; page, total and facets come from that."""
    page: list[Key] = []
    if asked.order == NEAREST:
        page = _nearest(cursor, asked)
    sql = _all_of(asked, fold, with_facets=bool(own or fold.names))
    hits = fold.rows()
    add_facets(sql, own, hits)
    for name in fold.names:
        add_facet(sql, name, fold.rows(name))
    if asked.order != NEAREST:
        sql.add("UNION ALL SELECT 'page', '', a, b, c FROM (")
        add_page(
            sql, asked.order, asked.key, back=asked.back, size=asked.size, found=hits
        )
        sql.add(") AS page")
    total = 0
    counts: Counts = {name: {} for name in (*own, *fold.names)}
    for name, value, a, b, c in sql.run(cursor):
        if name == "page":
            page.append((int(a), int(b), int(c)))
        elif name == "total":
            total = a
        else:
            counts[name][value] = a
    return sorted(page, reverse=not asked.back), total, counts


def _all_of(asked: _Asked, fold: Fold, *, with_facets: bool) -> Sql:
    sql = Sql().add(
        "WITH found AS MATERIALIZED (SELECT posting_id, rank, posted, lowest_pay,"
    )
    if with_facets:
        sql.add(f"{FACET_COLUMNS},")
    fold.add_columns(sql)
    add_score(sql, asked.lookup, asked.order, asked.weights)
    return add_from(sql, fold.lookup).add(")")


def _nearest(cursor: Planned, asked: _Asked) -> list[Key]:
    return nearest_page(
        cursor,
        asked.query,
        asked.lookup,
        asked.key,
        back=asked.back,
        size=asked.size,
    )


def _many(cursor: Planned, asked: _Asked, guess: Guess) -> list[Key]:
    if not asked.size - 1:
        return []
    if asked.order == NEAREST:
        return _nearest(cursor, asked)
    if asked.order == SCORED:
        return _few(cursor, asked, [], Fold(asked.lookup))[0]
    if asked.order != TIERED or not asked.lookup.titles:
        return _walked(cursor, asked, asked.lookup, guess.total, None)
    return _tiers(cursor, asked, guess)


def _tiers(cursor: Planned, asked: _Asked, guess: Guess) -> list[Key]:
    """First what has the words in its title, then the rest; each in its order."""
    titled = titles_only(asked.lookup, asked.query, known=planning.frequencies)
    tiers = [(1, titled, guess.titles), (0, asked.lookup, guess.total - guess.titles)]
    tiers = tiers[::-1] if asked.back else tiers
    if asked.key is not None:
        start = int(asked.key[0] > 0)
        tiers = [t for t in tiers if (t[0] >= start if asked.back else t[0] <= start)]
    found: list[Key] = []
    for tier, lookup, about in tiers:
        inside = asked.key is not None and int(asked.key[0] > 0) == tier
        part = replace(
            asked,
            key=asked.key if inside else None,
            size=asked.size - len(found),
        )
        found += _walked(cursor, part, lookup, about, tier)
        if len(found) >= asked.size:
            break
    return found


def _walked(
    cursor: Planned, asked: _Asked, lookup: Lookup, about: int, tier: int | None
) -> list[Key]:
    """By the order's index; where that does not come to an end, by the words' index."""
    about = max(about, 0)
    passed = _passed_by(lookup) or about
    if about * about >= WALK_FROM * passed:
        most = 3 * asked.size * passed // max(about, 1)
        keys = walk(
            cursor,
            lookup,
            asked.order,
            asked.key,
            back=asked.back,
            size=asked.size,
            most=max(SHORTEST_WALK, min(LONGEST_WALK, most)),
            tier=tier,
        )
        if len(keys) == asked.size:
            return keys
    sql = Sql().add(
        "WITH found AS MATERIALIZED (SELECT posting_id, rank, posted, lowest_pay,"
    )
    sql.add(f"{tier or 0} AS score" if tier is not None else "0 AS score")
    add_from(sql, lookup)
    if tier == 0:
        sql.add("AND NOT ts_match_vq(title_words, %s::tsquery)", lookup.titles)
    elif tier == 1:
        sql.add("AND ts_match_vq(title_words, %s::tsquery)", lookup.titles)
    sql.add(")")
    add_page(sql, asked.order, asked.key, back=asked.back, size=asked.size)
    return [(int(a), int(b), int(c)) for a, b, c in sql.run(cursor)]


def _passed_by(lookup: Lookup) -> int:
    """How many entries a walk passes in all: a city has an index of its own."""
    fact = FACTS["city"] + lookup.city_code if lookup.city_code else EVERY
    return planning.frequencies([fact])[fact] or 0


def _page(asked: _Asked, keys: list[Key], size: int) -> Page:
    more = len(keys) > size
    shown = keys[:size]
    shown = shown[::-1] if asked.back else shown
    if not shown:
        return Page()
    found = open_rows([key[2] for key in shown], now=timezone.now())
    # Closed between two statements: it is left out, and the next page begins as before.
    rows = [found[key[2]] for key in shown if key[2] in found]
    first, last = (
        str(Place(asked.order, key, asked.weights)) for key in (shown[0], shown[-1])
    )
    if asked.back:
        return Page(rows, before=first if more else "", after=last)
    return Page(rows, before=first if asked.key else "", after=last if more else "")
