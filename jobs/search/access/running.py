from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from jobs.postings.models import Posting
from jobs.search.access import planning
from jobs.search.access.nearest import nearest_page
from jobs.search.access.planning import EXACT, FEW, Guess
from jobs.search.access.statements import (
    DIMENSIONS,
    FACET_COLUMNS,
    Lookup,
    Sql,
    add_facets,
    add_found,
    add_page,
    add_score,
    lookup_of,
    planned,
    titles_only,
    walk,
)
from jobs.search.rules.lexemes import EDUCATION, EVERY, PAY_STEPS
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
MOST_VALUES = 60
# A walk looks at so many rows at least and at most before the index is asked instead.
SHORTEST_WALK, LONGEST_WALK = 500, 6_000


@dataclass(frozen=True, slots=True)
class Page:
    """`before` and `after` are places for a link; empty where there is nothing more."""

    rows: Sequence[Posting] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many results each value of a filter would bring, the commonest first.

    Names in `about` were counted in a sample: their figures are rough.
    """

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    about: frozenset[str] = frozenset()


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
    lookup = lookup_of(query, versions=planning.older_versions(), now=now)
    if lookup is None:
        return Results(Page(), total=0, is_capped=False, facets=Facets())
    back = bool(before)
    place = place_from(before or after, sort=query.sort, groups=len(lookup.groups))
    back = back and place is not None
    own = _own_dimensions(query) if with_facets else []
    with planned() as cursor:
        plan = _plan(cursor, query, lookup, own)
        if place is not None:
            order, weights = place.order, place.weights
        else:
            order = order_of(query.sort, few=plan.is_few)
            weights = ()
        if order == SCORED and place is None:
            weights = planning.weights_for(lookup.groups)
        asked = _Asked(
            query, lookup, order, weights, place.key if place else None, back, size + 1
        )
        if plan.is_few:
            keys, total, counts = _few(cursor, asked, own if plan.is_exact else [])
            if not plan.is_exact and plan.guess is not None:
                counts = dict(plan.guess.counts)
        else:
            assert plan.guess is not None
            total, counts = plan.guess.total, dict(plan.guess.counts)
            keys = _many(cursor, asked, plan.guess)
        facets = (
            _facets(cursor, query, own, counts, plan, now) if with_facets else Facets()
        )
    page = _page(asked, keys, size)
    return Results(
        page, min(total, COUNT_CAP), is_capped=total > COUNT_CAP, facets=facets
    )


def search(
    query: Query, *, after: str = "", before: str = "", size: int = PAGE_SIZE
) -> Page:
    return results(query, after=after, before=before, size=size, with_facets=False).page


def count(query: Query) -> int:
    """COUNT_CAP + 1 stands for "more than COUNT_CAP"."""
    found = results(query, size=0, with_facets=False)
    return found.total + found.is_capped


def facets(query: Query) -> Facets:
    return results(query, size=0).facets


@dataclass(frozen=True, slots=True)
class _Plan:
    """Few matches are all read; of many an order is walked, by what the sample says."""

    is_few: bool
    is_exact: bool = True
    guess: Guess | None = None


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


def _own_dimensions(query: Query) -> list[str]:
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


def _plan(cursor: Any, query: Query, lookup: Lookup, own: Sequence[str]) -> _Plan:
    bound = planning.most_possible(query, lookup)
    if bound is not None and bound <= EXACT:
        return _Plan(is_few=True)
    guess = planning.guess(cursor, lookup, own)
    return _Plan(guess.total <= FEW, guess.total <= EXACT, guess)


def _few(
    cursor: Any, asked: _Asked, own: Sequence[str]
) -> tuple[list[Key], int, dict[str, dict[str, int]]]:
    """Everything that matches is read once; page, total and facets come from that."""
    keys: list[Key] = []
    if asked.order == NEAREST:
        keys = nearest_page(
            cursor,
            asked.query,
            asked.lookup,
            asked.key,
            back=asked.back,
            size=asked.size,
        )
    sql = Sql().add(
        "WITH found AS MATERIALIZED (SELECT posting_id, rank, posted, lowest_pay,"
    )
    if own:
        sql.add(f"{FACET_COLUMNS},")
    add_score(sql, asked.lookup, asked.order, asked.weights)
    _from(sql, asked.lookup)
    sql.add(")")
    add_facets(sql, own)
    if asked.order != NEAREST:
        sql.add("UNION ALL SELECT 'page', '', a, b, c FROM (")
        add_page(sql, asked.order, asked.key, back=asked.back, size=asked.size)
        sql.add(") AS page")
    total, page = 0, keys
    counts: dict[str, dict[str, int]] = {}
    for name, value, a, b, c in sql.run(cursor):
        if name == "page":
            page.append((int(a), int(b), int(c)))
        elif name == "total":
            total = a
        else:
            counts.setdefault(name, {})[value] = a
    return sorted(page, reverse=not asked.back), total, counts


def _from(sql: Sql, lookup: Lookup) -> None:
    whole = add_found(Sql(), lookup, "")
    text = whole.parts[0].removeprefix("SELECT  ")
    sql.add(text, whole.values[0])
    for part, value in zip(whole.parts[1:], whole.values[1:], strict=True):
        sql.add(part, value)


def _many(cursor: Any, asked: _Asked, guess: Guess) -> list[Key]:
    if not asked.size - 1:
        return []
    if asked.order == NEAREST:
        return nearest_page(
            cursor,
            asked.query,
            asked.lookup,
            asked.key,
            back=asked.back,
            size=asked.size,
        )
    if asked.order == SCORED:
        return _few(cursor, asked, [])[0]
    if asked.order != TIERED or not asked.lookup.titles:
        return _walked(cursor, asked, asked.lookup, guess.total, None)
    return _tiers(cursor, asked, guess)


def _tiers(cursor: Any, asked: _Asked, guess: Guess) -> list[Key]:
    """First what has the words in its title, then the rest; each in its order."""
    titled = titles_only(asked.lookup, asked.query)
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
    cursor: Any, asked: _Asked, lookup: Lookup, about: int, tier: int | None
) -> list[Key]:
    """By the order's index; where that does not come to an end, by the words' index."""
    if about > FEW or (tier == 0 and about > 0):
        every = planning.frequencies([EVERY])[EVERY] or about
        most = 3 * asked.size * every // max(about, 1)
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
    _from(sql, lookup)
    if tier == 0:
        sql.add("AND NOT ts_match_vq(title_words, %s::tsquery)", lookup.titles)
    elif tier == 1:
        sql.add("AND ts_match_vq(title_words, %s::tsquery)", lookup.titles)
    sql.add(")")
    add_page(sql, asked.order, asked.key, back=asked.back, size=asked.size)
    return [(int(a), int(b), int(c)) for a, b, c in sql.run(cursor)]


def _facets(
    cursor: Any,
    query: Query,
    own: Sequence[str],
    counts: dict[str, dict[str, int]],
    plan: _Plan,
    now: datetime,
) -> Facets:
    about = set() if plan.is_exact else set(own)
    for name in DIMENSIONS:
        if not _in_force(query, name) or not _asked_for(query, name):
            continue
        wider = without(query, *DIMENSIONS[name])
        lookup = lookup_of(wider, versions=planning.older_versions(), now=now)
        if lookup is None:
            continue
        inner = _plan(cursor, wider, lookup, [name])
        if inner.is_exact:
            counts |= _counted(cursor, lookup, [name])
        elif inner.guess is not None:
            counts |= inner.guess.counts
            about.add(name)
    return Facets({n: _tidy(n, v) for n, v in counts.items()}, frozenset(about))


def _counted(
    cursor: Any, lookup: Lookup, dimensions: Sequence[str]
) -> dict[str, dict[str, int]]:
    sql = Sql().add("WITH found AS MATERIALIZED (")
    add_found(sql, lookup, FACET_COLUMNS).add(")")
    add_facets(sql, dimensions)
    counts: dict[str, dict[str, int]] = {}
    for name, value, many, _b, _c in sql.run(cursor):
        if name != "total":
            counts.setdefault(name, {})[value] = many
    return counts


def _tidy(name: str, counts: dict[str, int]) -> dict[str, int]:
    """Pay and schooling count upwards: who takes 3000 takes 4000 too."""
    if name == "pay":
        pairs = {
            str(step): sum(n for v, n in counts.items() if int(v) >= step)
            for step in PAY_STEPS
        }
        return {value: many for value, many in pairs.items() if many}
    if name == "education":
        asked = {level: counts.get(level, 0) for level in EDUCATION}
        sums = {
            level: sum(list(asked.values())[: rank + 1])
            for rank, level in enumerate(EDUCATION)
        }
        return {level: many for level, many in sums.items() if many}
    named = sorted(
        ((v, n) for v, n in counts.items() if v), key=lambda p: (-p[1], p[0])
    )
    return dict(named[:MOST_VALUES])


def without(query: Query, *fields: str) -> Query:
    """The query with some of its facts left open."""
    empty = Query()
    return replace(query, **{name: getattr(empty, name) for name in fields})


def _page(asked: _Asked, keys: list[Key], size: int) -> Page:
    more = len(keys) > size
    shown = keys[:size]
    shown = shown[::-1] if asked.back else shown
    if not shown:
        return Page()
    found = {
        posting.pk: posting
        for posting in Posting.objects.open()
        .filter(pk__in=[key[2] for key in shown])
        .select_related("organization")
    }
    # Closed between two statements: it is left out, and the next page begins as before.
    rows = [found[key[2]] for key in shown if key[2] in found]
    first, last = (
        str(Place(asked.order, key, asked.weights)) for key in (shown[0], shown[-1])
    )
    if asked.back:
        return Page(rows, before=first if more else "", after=last)
    return Page(rows, before=first if asked.key else "", after=last if more else "")
