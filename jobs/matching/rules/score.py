"""How well a posting suits a seeker, part by part.

The one definition of the score: every function here works on a block of seekers and
the keys of some columns at once and gives an array of shape (seekers, keys). A list, a
nightly batch, an employer's shortlist and the page that explains all come from it.
The items add up to about 100 at most; limits then lower the sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from accounts.lib.places import distance_km, district_by_code
from jobs.matching.rules.arrays import Bools, Floats, Ints, at
from jobs.matching.rules.columns import RESTS, Columns
from jobs.matching.rules.demands import DEMAND_CODES
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.people import People
from jobs.matching.rules.work import FIT, SKILLS, is_related, work_points
from jobs.postings.enums import Rest

WEIGHTS: Mapping[str, float] = {
    "fit": FIT,
    "skills": SKILLS,
    "words": 6,
    "pay": 12,
    "base": 4,
    "schedule": 9,
    "distance": 5,
    "exposure": 4,
    "disclosure": 3,
    "housing": 1,
    "career": 1,
    "freshness": 2,
    "fairness": 2,
}
# Housing and career weigh this many times as much to who asked for them; pay and
# distance to who said no to a posting because of them.
_ASKED_FOR = 8
_PAY_ASKED_FOR = 1.25
_NEAR_ASKED_FOR = 2
_UNKNOWN = 0.5
_UNSTATED_PAY = 0.4
MOST_WORDS = 3
_FRESH_DAYS = 60
_MOST_INTEREST = 3

# An item's weight, for all or for each seeker, and its value (0-1).
Part = tuple[float | Floats, Floats]
Parts = dict[str, Part]


def _part(
    name: str, value: Floats, *, asked: Bools | None = None, times: float = _ASKED_FOR
) -> Parts:
    weight: float | Floats = WEIGHTS[name]
    if asked is not None:
        weight = np.where(asked, times * WEIGHTS[name], WEIGHTS[name])
    return {name: (weight, value)}


def pay_parts(people: People, columns: Columns, _today: date) -> Parts:
    """Rises with the range's top, then with its bottom, against what is needed.

    Beyond what is needed more pay still counts, but slowly: high figures are baits.
    """
    low, top, base = columns.pay
    share = top / people.need
    value = 0.6 * (0.9 * _ramp(share, 0.7, 1.2) + 0.1 * _ramp(share, 1.2, 2.5))
    value += 0.4 * _ramp(low / people.need, 0.6, 1.0)
    value = np.where(top > 0, value, _UNSTATED_PAY)
    fixed = np.where(base > 0, _ramp(base / people.need, 0.5, 1.0), _UNSTATED_PAY)
    asked = people.wants_pay
    return _part("pay", value, asked=asked, times=_PAY_ASKED_FOR) | _part(
        "base", fixed, asked=asked, times=_PAY_ASKED_FOR
    )


def _ramp(value: Floats, low: float, high: float) -> Floats:
    return np.clip((value - low) / (high - low), 0.0, 1.0)


def hours_parts(people: People, columns: Columns, _today: date) -> Parts:
    """Days off and hours against what was asked; fair to those who asked nothing."""
    rest, late, turns, day, lodging, career = columns.hours
    marks = np.where(people.wants_weekends, _STRICT_REST, _REST)[:, rest]
    hours = np.where(day > 0, 1.0, _UNKNOWN)
    hours = np.where(turns > 0, np.where(people.wants_days, 0.1, 0.6), hours)
    hours = np.where(late > 0, np.where(people.takes_any_shift, 0.3, 0.1), hours)
    everybody = np.ones((len(people.seekers), 1))
    return (
        _part("schedule", (marks + hours) / 2)
        | _part("housing", lodging * everybody, asked=people.wants_lodging)
        | _part("career", career * everybody, asked=people.wants_career)
    )


_REST = np.array(
    [
        {"": _UNKNOWN, Rest.DOUBLE: 1.0, Rest.SINGLE: 0.3}.get(rest, 0.45)
        for rest in RESTS
    ]
)
_STRICT_REST = np.array([{"": _UNKNOWN, Rest.DOUBLE: 1.0}.get(r, 0.0) for r in RESTS])


def place_parts(people: People, columns: Columns, _today: date) -> Parts:
    places = columns.place_keys
    values = np.ones((len(people.seekers), len(places)))
    if columns.is_somewhere:
        for row, seeker in enumerate(people.seekers):
            where = (seeker.city, seeker.district)
            values[row] = [nearness(*where, place)[0] for place in places]
    return _part("distance", values, asked=people.wants_near, times=_NEAR_ASKED_FOR)


@lru_cache(maxsize=200_000)
def nearness(
    city: str, district: str, place: tuple[str, str, bool]
) -> tuple[float, int | None]:
    """Value and kilometres between districts; the city counts when one is unknown."""
    to_city, to_district, is_remote = place
    if is_remote:
        return 1.0, None
    if not city or not to_city:
        return _UNKNOWN, None
    if city != to_city:
        return 0.2, None
    here, there = district_by_code(district), district_by_code(to_district)
    if here is None or there is None:
        return 0.7, None
    km = distance_km(here, there)
    return math.exp(-km / 25), round(km)


def notice_parts(people: People, columns: Columns, today: date) -> Parts:
    """What is the same for everybody: the work's nature, the advert, its age."""
    shape = (len(people.seekers), len(columns.keys["notice"]))
    found = _fixed(columns, ("notice", today), lambda: _notice(columns, today))
    parts = [_part(name, np.broadcast_to(v, shape)) for name, v in found.items()]
    return {name: part for row in parts for name, part in row.items()}


def _notice(columns: Columns, today: date) -> dict[str, Floats]:
    exposure, disclosed, interest, posted = columns.notice
    days = np.clip(today.toordinal() - posted, 0, _FRESH_DAYS)
    return {
        "exposure": 1 - exposure / 3,
        "disclosure": disclosed,
        "freshness": np.where(np.isnan(posted), _UNKNOWN, 1 - days / _FRESH_DAYS),
        "fairness": 1 - np.clip(interest, 0, _MOST_INTEREST) / _MOST_INTEREST,
    }


_kept: WeakKeyDictionary[Columns, dict[object, Any]] = WeakKeyDictionary()
_MOST_KEPT = 8


def _fixed(columns: Columns, name: object, make: Callable[[], Any]) -> Any:
    """What depends on no seeker is worked out once for as long as columns live."""
    kept = _kept.setdefault(columns, {})
    if name not in kept:
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[name] = make()
    return kept[name]


# In this order the parts are added to the work, so that no sum depends on the layout.
PARTS: Mapping[str, Callable[[People, Columns, date], Parts]] = {
    "pay": pay_parts,
    "hours": hours_parts,
    "place": place_parts,
    "notice": notice_parts,
}

# What cannot be learned in a week, and how much it lowers a recommendation.
DEMANDS: Mapping[str, float] = {
    "english": 0.4,
    "language": 0.25,
    "dialect": 0.6,
    "programming": 0.4,
    "design": 0.6,
    "accounting": 0.4,
    "law_degree": 0.55,
    "major": 0.75,
    "forklift": 0.5,
    "driving_licence": 0.6,
    "trade_experience": 0.7,
    "looks": 0.96,
    "own_resources": 0.5,
    "local_household": 0.6,
    "trading": 0.35,
    "course": 0.5,
    "bait": 0.35,
}
_EDUCATION = np.array([1.0, 0.78, 0.42, 0.25])
_EDUCATION_OR_EXPERIENCE = np.array([1.0, 0.93, 0.7, 0.4])
_YEARS = np.array([1.0, 0.85, 0.65, 0.45])
_SENIORITY = np.array([1.0, 0.6, 0.35, 0.2])


def ask_factors(people: People, columns: Columns) -> dict[str, Floats]:
    """By name, what the sum is multiplied by; 1 where nothing is in the way."""
    asks = columns.asks
    phone = asks["phone"]
    # Where nothing is said about calls there may be some.
    calls = np.where(phone == 0, 1.0, np.where(phone < 0, 0.92, 0.85))
    return {
        "education": _education(people, asks),
        "seniority": _steps(_SENIORITY, asks["seniority"] - people.leads),
        "some_phone": np.where(people.avoids_phone, calls, 1.0),
    }


def bar_factors(people: People, columns: Columns) -> dict[str, Floats]:
    bars = columns.bars
    too_old, too_young = people.age > bars["age_max"], people.age < bars["age_min"]
    return {
        "demand": _demands(people, columns),
        "age": np.where(too_old | too_young, 0.4, 1.0),
        "sex": np.where(bars["one_sex"] > 0, 0.8, 1.0),
        "sales_main": np.where(bars["sales"] == 2, 0.45, 1.0),
        "sales_some": np.where(
            bars["sales"] == 1, np.where(people.avoids_selling, 0.88, 0.94), 1.0
        ),
        "gig": np.where(bars["is_gig"] > 0, 0.4, 1.0),
        "disguised": np.where(bars["is_disguised"] > 0, 0.3, 1.0),
        "collection": np.where(bars["is_collection"] > 0, 0.6, 1.0),
    }


def _steps(factors: Floats, missing: Floats) -> Floats:
    """The factor for so much missing, whole steps, the last one for all beyond."""
    places = np.clip(np.ceil(missing), 0, len(factors) - 1).astype(np.intp)
    found: Floats = factors[places]
    return found


def _education(people: People, asks: Mapping[str, Floats]) -> Floats:
    gap = asks["education"] - people.education
    counts = (asks["accepts_experience"] > 0) & (people.years >= 1)
    return np.where(
        counts, _steps(_EDUCATION_OR_EXPERIENCE, gap), _steps(_EDUCATION, gap)
    )


def years_factors(people: People, columns: Columns, *, is_related: bool) -> Floats:
    """Years asked for count only as far as the past work resembles this one."""
    asked = columns.asks["years"]
    beginners = columns.asks["accepts_beginners"] > 0
    missing = asked - people.years * (1.0 if is_related else 0.3)
    return np.where((asked > 0) & ~beginners, _steps(_YEARS, missing), 1.0)


def _demands(people: People, columns: Columns) -> Floats:
    sets, number_of = columns.demands
    found = np.ones((len(people.seekers), len(sets)))
    for place, holds in _fixed(columns, "demands", lambda: _holders(sets)):
        missing = holds & ~people.meets[:, place : place + 1]
        found *= np.where(missing, DEMANDS[DEMAND_CODES[place]], 1.0)
    return found[:, number_of]


def _holders(sets: Sequence[tuple[str, ...]]) -> list[tuple[int, Bools]]:
    """Demands that occur at all, by their place, with the sets that hold them."""
    held = [
        (place, np.array([demand in demands for demands in sets], dtype=bool))
        for place, demand in enumerate(DEMAND_CODES)
    ]
    return [(place, holds) for place, holds in held if holds.any()]


@dataclass(frozen=True, slots=True)
class Scoring:
    """The parts for a block of seekers and some columns, by key, but for the work.

    `points` are sums of shape (seekers, keys). `asks` has twice the asks keys: for work
    that does not resemble the past, then for work that does; `bars` has the bars keys.
    """

    people: People
    columns: Columns
    parts: Mapping[str, Parts]
    points: Mapping[str, Floats]
    limits: Mapping[str, Mapping[str, Floats]]
    years: tuple[Floats, Floats]
    asks: Floats
    bars: Floats
    # The most that the parts can add for each seeker.
    room: Floats

    def totals(self, seekers: int | Ints, rows: Ints, words: Floats) -> Floats:
        """Scores of these rows for one seeker of the block, or for one beside each."""
        keys = self.columns.rows["work"].take(rows)
        work = work_points(self.people, self.columns, seekers, keys)
        related = is_related(self.people, self.columns, seekers, keys)
        lowered = self.lowered_to(seekers, rows, related)
        return self.summed(seekers, rows, work, words, lowered)

    def summed(
        self,
        seekers: int | Ints,
        rows: Ints,
        work: Floats,
        words: Floats,
        lowered: Floats,
    ) -> Floats:
        total = work.copy()
        for name in PARTS:
            total += at(self.points[name], seekers, self.columns.rows[name].take(rows))
        total += words
        total *= lowered
        return total

    def lowered_to(self, seekers: int | Ints, rows: Ints, related: Bools) -> Floats:
        """The share of the points that all limits leave."""
        columns = self.columns
        asks = related.astype(np.intp) * len(columns.keys["asks"])
        asks += columns.rows["asks"].take(rows)
        factors: Floats = at(self.asks, seekers, asks)
        factors *= at(self.bars, seekers, columns.rows["bars"].take(rows))
        return factors


def scoring_of(people: People, columns: Columns, *, today: date) -> Scoring:
    parts = {name: make(people, columns, today) for name, make in PARTS.items()}
    points = {name: _sum(found) for name, found in parts.items() if name != "notice"}
    number = len(people.seekers)
    same = _fixed(columns, ("sum", today), lambda: _sum(_first(parts["notice"])))
    asks, bars = (make(people, columns) for make in (ask_factors, bar_factors))
    lowered = _product(asks.values(), number)
    years = [years_factors(people, columns, is_related=r) for r in (False, True)]
    points["notice"] = np.broadcast_to(same, (number, same.shape[1]))
    most = [found.max(axis=1, initial=0) for found in points.values()]
    return Scoring(
        people=people,
        columns=columns,
        parts=parts,
        points=points,
        limits={"asks": _for_all(asks, number), "bars": _for_all(bars, number)},
        years=(years[0], years[1]),
        asks=np.concatenate([lowered * years[0], lowered * years[1]], axis=1),
        bars=_product(bars.values(), number),
        room=sum(most, start=np.zeros(number)),
    )


def _product(factors: Iterable[Floats], number: int) -> Floats:
    """Of shape (seekers, keys); what is the same for all is multiplied once."""
    found = sorted(factors, key=lambda factor: factor.ndim)
    product: Floats = reduce(np.multiply, found)
    return _as_wide(product, number)


def _as_wide(values: Floats, number: int) -> Floats:
    """A row for each seeker, without a copy."""
    if values.ndim == 2 and len(values) == number:
        return values
    return np.broadcast_to(values, (number, values.shape[-1]))


def _for_all(factors: Mapping[str, Floats], number: int) -> dict[str, Floats]:
    return {name: _as_wide(factor, number) for name, factor in factors.items()}


def _first(parts: Parts) -> Parts:
    return {name: (weight, value[:1]) for name, (weight, value) in parts.items()}


def _sum(parts: Parts) -> Floats:
    found = [weight * value for weight, value in parts.values()]
    total: Floats = sum(found[1:], start=found[0])
    return total


def word_counts(seeker: Seeker, columns: Columns) -> Ints | None:
    """How many words of the wish each row has, up to 3; None when no row has any."""
    known = [columns.words[word] for word in seeker.words if word in columns.words]
    if not known:
        return None
    counts = np.zeros(len(columns), dtype=np.uint8)
    for word in known:
        start, stop = columns.word_starts[word : word + 2]
        counts[columns.word_rows[start:stop]] += 1
    return np.minimum(counts, MOST_WORDS, out=counts)


# By how many words of the wish a posting has.
WORD_POINTS = WEIGHTS["words"] * np.arange(MOST_WORDS + 1) / MOST_WORDS
