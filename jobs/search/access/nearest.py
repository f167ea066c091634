from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from accounts.lib.places import City, District, cities, distance_km
from jobs.search.access import planning
from jobs.search.access.planned import Planned
from jobs.search.access.statements import Lookup, Sql, add_found
from jobs.search.rules.lexemes import EVERY, quoted
from jobs.search.rules.orders import Key
from jobs.search.rules.query import Query

# So many matches are looked for in the first circle of places, four times as many next.
FIRST_CIRCLE = 400
WIDER = 8


@lru_cache(maxsize=256)
def places_from(lat: float, lng: float) -> tuple[str, ...]:
    """Codes of all districts and cities, nearest first; without a place last."""
    here = District("", "", "", "", "", lat, lng)
    known: list[City | District] = []
    for city in cities():
        known += [city, *city.districts]
    ordered = sorted(known, key=lambda place: (distance_km(here, place), place.code))
    return (*dict.fromkeys(place.code for place in ordered), "")


def nearest_page(
    cursor: Planned,
    query: Query,
    lookup: Lookup,
    key: Key | None,
    *,
    back: bool,
    size: int,
) -> list[Key]:
    """Circle by circle outwards: each is one look-up of words and its places.

    The first number of the key is the place's number in the order of distance, negative.
    """
    lat, lng = query.near or (0.0, 0.0)
    # A hundredth of a degree is a kilometre: finer than a district's middle.
    places = places_from(round(lat, 2), round(lng, 2))
    start = min(max(-key[0], 0), len(places) - 1) if key else None
    numbers = list(range(len(places)))
    if start is not None:
        numbers = numbers[start::-1] if back else numbers[start:]
    elif back:
        numbers.reverse()
    found: list[Key] = []
    wanted = FIRST_CIRCLE
    while numbers and len(found) < size:
        circle, numbers = _circle(places, numbers, wanted * _sparse(lookup, query))
        found += _in_circle(
            cursor, lookup, places, circle, key, back=back, size=size - len(found)
        )
        wanted *= WIDER
    return found


def _sparse(lookup: Lookup, query: Query) -> float:
    """How many entries there are for each that can match at most."""
    every = planning.frequencies([EVERY])[EVERY] or 0
    bound = planning.most_possible(query, lookup) or 1
    return max(1.0, every / max(bound, 1))


def _circle(
    places: Sequence[str], numbers: Sequence[int], entries: float
) -> tuple[list[int], list[int]]:
    """The next places that hold about so many entries, and those beyond."""
    known = planning.frequencies([f"@d{places[number]}" for number in numbers])
    inside: list[int] = []
    for number in numbers:
        inside.append(number)
        entries -= known[f"@d{places[number]}"] or 0
        if entries <= 0:
            break
    return inside, list(numbers[len(inside) :])


def _in_circle(
    cursor: Planned,
    lookup: Lookup,
    places: Sequence[str],
    circle: Sequence[int],
    key: Key | None,
    *,
    back: bool,
    size: int,
) -> list[Key]:
    sql = Sql().add("WITH found AS MATERIALIZED (")
    add_found(sql, lookup, "posting_id, rank, place_code")
    if len(circle) < len(places):
        either = " | ".join(quoted(f"@d{places[number]}") for number in circle)
        sql.add("AND words @@ %s::tsquery", either)
    sql.add(
        "), near (place_code, number) AS (SELECT * FROM unnest(%s::text[], %s::int[]))"
    )
    sql.values += [[places[number] for number in circle], list(circle)]
    sql.add(
        "SELECT -number AS a, rank AS b, posting_id AS c FROM found JOIN near USING (place_code)"
    )
    if key is not None:
        sign = ">" if back else "<"
        sql.add(f"WHERE (-number, rank, posting_id) {sign} (%s, %s, %s)", *key)
    way = "ASC" if back else "DESC"
    sql.add(f"ORDER BY a {way}, b {way}, c {way} LIMIT %s", size)
    # How to join depends on how many places there are.
    return [(int(a), int(b), int(c)) for a, b, c in sql.run(cursor, again=False)]
