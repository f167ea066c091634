"""How well a posting suits a seeker, part by part.

The one definition of the score: every function here works on a block of seekers and
the keys of some columns at once and gives an array of shape (seekers, keys). A list, a
nightly batch, an employer's shortlist and the page that explains all come from it.
The items add up to about 100 at most; limits then lower the sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from accounts.lib.places import distance_km, district_by_code
from jobs.matching.rules.arrays import Bools, Floats, Ints, at
from jobs.matching.rules.columns import PAY, RESTS, Columns
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.limits import ask_factors, bar_factors, years_factors
from jobs.matching.rules.people import People
from jobs.matching.rules.spread import Spread, fixed, product, variants
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
    low, top, base = (variants(columns, "pay", name) for name in PAY)
    of_top = _of_top(top.values["top"], people.need)
    of_low = 0.4 * _ramp(low.values["low"] / people.need, 0.6, 1.0)
    value = top.spread(of_top).wide() + low.spread(of_low).wide()
    known = base.values["base"]
    of_base = np.where(known > 0, _ramp(known / people.need, 0.5, 1.0), _UNSTATED_PAY)
    fixed = base.spread(of_base).wide()
    asked = people.wants_pay
    return _part("pay", value, asked=asked, times=_PAY_ASKED_FOR) | _part(
        "base", fixed, asked=asked, times=_PAY_ASKED_FOR
    )


def _of_top(top: Floats, need: Floats) -> Floats:
    """Without a top there is no bottom either, which then adds nothing."""
    share = top / need
    value = 0.6 * (0.9 * _ramp(share, 0.7, 1.2) + 0.1 * _ramp(share, 1.2, 2.5))
    return np.where(top > 0, value, _UNSTATED_PAY)


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
    found = fixed(columns, ("notice", today), lambda: _notice(columns, today))
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


# In this order the parts are added to the work, so that no sum depends on the layout.
PARTS: Mapping[str, Callable[[People, Columns, date], Parts]] = {
    "pay": pay_parts,
    "hours": hours_parts,
    "place": place_parts,
    "notice": notice_parts,
}


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
    limits: Mapping[str, Mapping[str, Spread]]
    years: tuple[Spread, Spread]
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
    same = fixed(columns, ("sum", today), lambda: _sum(_first(parts["notice"])))
    asks, bars = (make(people, columns) for make in (ask_factors, bar_factors))
    lowered = product(asks.values(), number)
    years = [years_factors(people, columns, is_related=r) for r in (False, True)]
    by_years = [lowered * factor.wide() for factor in years]
    points["notice"] = np.broadcast_to(same, (number, same.shape[1]))
    most = [found.max(axis=1, initial=0) for found in points.values()]
    return Scoring(
        people=people,
        columns=columns,
        parts=parts,
        points=points,
        limits={"asks": asks, "bars": bars},
        years=(years[0], years[1]),
        asks=np.concatenate(by_years, axis=1),
        bars=product(bars.values(), number),
        room=sum(most, start=np.zeros(number)),
    )


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
