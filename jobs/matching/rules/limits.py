"""What stands in the way: factors that lower the sum of a score, part by part.

As in `score.py`, every function works on a block of seekers and the keys of some columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jobs.matching.rules.arrays import Bools, Floats
from jobs.matching.rules.columns import Columns
from jobs.matching.rules.demands import DEMAND_CODES
from jobs.matching.rules.people import People
from jobs.matching.rules.spread import Spread, fixed, variants

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


def ask_factors(people: People, columns: Columns) -> dict[str, Spread]:
    """By name, what the sum is multiplied by; 1 where nothing is in the way."""
    schooling = variants(columns, "asks", "education", "accepts_experience")
    other = variants(columns, "asks", "seniority", "phone")
    phone = other.values["phone"]
    # Where nothing is said about calls there may be some.
    calls = np.where(phone == 0, 1.0, np.where(phone < 0, 0.92, 0.85))
    return {
        "education": schooling.spread(_education(people, schooling.values)),
        "seniority": other.spread(
            _steps(_SENIORITY, other.values["seniority"] - people.leads)
        ),
        "some_phone": other.spread(np.where(people.avoids_phone, calls, 1.0)),
    }


def bar_factors(people: People, columns: Columns) -> dict[str, Spread]:
    ages = variants(columns, "bars", "age_min", "age_max")
    too_old = people.age > ages.values["age_max"]
    too_young = people.age < ages.values["age_min"]
    kinds = variants(columns, "bars", *_KINDS)
    kind = kinds.values
    return {
        "demand": _demands(people, columns),
        "age": ages.spread(np.where(too_old | too_young, 0.4, 1.0)),
        "sex": kinds.spread(np.where(kind["one_sex"] > 0, 0.8, 1.0)),
        "sales_main": kinds.spread(np.where(kind["sales"] == 2, 0.45, 1.0)),
        "sales_some": kinds.spread(
            np.where(
                kind["sales"] == 1, np.where(people.avoids_selling, 0.88, 0.94), 1.0
            )
        ),
        "gig": kinds.spread(np.where(kind["is_gig"] > 0, 0.4, 1.0)),
        "disguised": kinds.spread(np.where(kind["is_disguised"] > 0, 0.3, 1.0)),
        "collection": kinds.spread(np.where(kind["is_collection"] > 0, 0.6, 1.0)),
    }


_KINDS = ("one_sex", "sales", "is_gig", "is_disguised", "is_collection")


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


def years_factors(people: People, columns: Columns, *, is_related: bool) -> Spread:
    """Years asked for count only as far as the past work resembles this one."""
    found = variants(columns, "asks", "years", "accepts_beginners")
    asked = found.values["years"]
    beginners = found.values["accepts_beginners"] > 0
    missing = asked - people.years * (1.0 if is_related else 0.3)
    return found.spread(
        np.where((asked > 0) & ~beginners, _steps(_YEARS, missing), 1.0)
    )


def _demands(people: People, columns: Columns) -> Spread:
    sets, number_of = columns.demands
    holders = fixed(columns, "demands", lambda: _holders(sets))
    known: dict[bytes, Floats] = fixed(columns, "demands met", dict)
    rows = []
    for met in people.meets:
        # Few seekers differ in what they can: most meet nothing of it, or one thing.
        row = known.get(met.tobytes())
        if row is None:
            while len(known) >= _MOST_PATTERNS:
                known.pop(next(iter(known)))
            row = known[met.tobytes()] = _demand_factors(holders, met, len(sets))
        rows.append(row)
    return Spread(np.array(rows).reshape(len(rows), len(sets)), number_of)


_MOST_PATTERNS = 64


def _demand_factors(
    holders: Sequence[tuple[int, Bools]], met: Bools, number: int
) -> Floats:
    """For each set of demands, what is left to somebody who meets these of them."""
    found = np.ones(number)
    for place, holds in holders:
        if not met[place]:
            found *= np.where(holds, DEMANDS[DEMAND_CODES[place]], 1.0)
    return found


def _holders(sets: Sequence[tuple[str, ...]]) -> list[tuple[int, Bools]]:
    """Demands that occur at all, by their place, with the sets that hold them."""
    held = [
        (place, np.array([demand in demands for demands in sets], dtype=bool))
        for place, demand in enumerate(DEMAND_CODES)
    ]
    return [(place, holds) for place, holds in held if holds.any()]
