"""What matters most to a seeker today: narrower views of the same list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np

from jobs.matching.rules.arrays import Bools
from jobs.matching.rules.columns import RESTS, Columns
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.score import nearness
from jobs.postings.enums import Rest

_NEAR_KM = 10

Filter = Callable[[Seeker, Columns], Bools]


def _pays_enough(seeker: Seeker, columns: Columns) -> Bools:
    low, base = columns.pay["low"], columns.pay["base"]
    fixed = np.where(base > 0, base, low)
    found: Bools = (fixed > 0) & (fixed >= (seeker.min_pay or 0))
    return found


def _has_two_days_off(_seeker: Seeker, columns: Columns) -> Bools:
    found: Bools = columns.hours[0] == RESTS.index(Rest.DOUBLE)
    return found


def _is_by_day(_seeker: Seeker, columns: Columns) -> Bools:
    _rest, late, _turns, day, _lodging, _career = columns.hours
    found: Bools = (day > 0) & (late == 0)
    return found


def _has_lodging(_seeker: Seeker, columns: Columns) -> Bools:
    found: Bools = columns.hours[4] > 0
    return found


def _is_calm(_seeker: Seeker, columns: Columns) -> Bools:
    phone = columns.asks["phone"]
    found: Bools = (phone >= 0) & (phone <= 1)
    return found


def _asks_no_years(_seeker: Seeker, columns: Columns) -> Bools:
    found: Bools = columns.asks["years"] == 0
    return found


def _is_near(seeker: Seeker, columns: Columns) -> Bools:
    far = _NEAR_KM + 1
    found = []
    for place in columns.place_keys:
        km = nearness(seeker.city, seeker.district, place)[1]
        found.append(place[2] or (far if km is None else km) <= _NEAR_KM)
    return np.array(found, dtype=bool)


# Each with the kind of key that decides it.
FILTERS: Mapping[str, tuple[str, Filter]] = {
    "base": ("pay", _pays_enough),
    "weekends": ("hours", _has_two_days_off),
    "day": ("hours", _is_by_day),
    "calm": ("asks", _is_calm),
    "near": ("place", _is_near),
    "beginner": ("asks", _asks_no_years),
    "lodging": ("hours", _has_lodging),
}


def passing(seeker: Seeker, columns: Columns, chosen: Collection[str]) -> Bools | None:
    """Rows that pass every chosen filter; unknown names are nothing."""
    found: Bools | None = None
    for name in chosen:
        if name not in FILTERS:
            continue
        kind, check = FILTERS[name]
        rows = check(seeker, columns)[columns.rows[kind]]
        found = rows if found is None else found & rows
    return found
