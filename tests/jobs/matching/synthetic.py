"""Made-up postings and seekers in any number, from a seed. No advert stands behind them.

How often fields have which value follows what the reading of 10,000 real adverts gave;
`SHARES` are the different keys found there, and the made ones must have no fewer:
otherwise looking things up by key would seem cheaper than it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from accounts.lib.places import City, cities
from accounts.seekers.enums import Constraint, Skill
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.limits import DEMANDS
from jobs.postings.enums import Rest

# Different keys among 10,000 adverts of a sample file.
SHARES = {
    "work": 342,
    "pay": 568,
    "hours": 60,
    "bars": 1550,
    "place": 268,
    "notice": 18,
    "employer": 991,
}
_CITIES = 100
_CHUNK = 20_000
_WORDS = 20_000
_REMOTE = 0.02
_NOWHERE = 0.02
_STRENGTHS = tuple(
    int(n) / 100
    for n in [
        "25",
        "26",
        "27",
        "28",
        "30",
        "38",
        "40",
        "42",
        "45",
        "47",
        "50",
        "52",
        "59",
        "60",
        "65",
        "72",
        "75",
        "77",
        "80",
        "81",
        "85",
        "90",
        "95",
        "100",
    ]
)


def made_jobs(number: int, *, today: date, seed: int = 1) -> Iterator[JobFacts]:
    for start in range(0, number, _CHUNK):
        random = np.random.default_rng((seed, start))
        size = min(_CHUNK, number - start)
        yield from _chunk(random, start, size, number, today)


def made_seekers(number: int, *, seed: int = 1) -> list[Seeker]:
    random = np.random.default_rng((seed, 7))
    return [_seeker(random, n) for n in range(number)]


def _zipf(size: int, power: float = 1.0) -> Any:
    weights = 1 / np.arange(1, size + 1) ** power
    return weights / weights.sum()


def big_cities() -> list[City]:
    """So many with the most districts first: the largest get the most postings."""
    found = sorted(cities(), key=lambda city: (-len(city.districts), city.code))
    return found[:_CITIES]


def _chunk(
    random: Any, start: int, size: int, number: int, today: date
) -> Iterator[JobFacts]:
    places = _places(random, size)
    work = _work(random, size)
    pay = _pay(random, size)
    columns = {
        "is_day_shift": random.random(size) < 0.35,
        "works_late": _one_of(random, size, (None, True, False), (0.6, 0.2, 0.2)),
        "is_rotating": random.random(size) < 0.15,
        "rest": _one_of(random, size, ("", *Rest.values), (0.45, 0.3, 0.1, 0.1, 0.05)),
        "has_lodging": random.random(size) < 0.2,
        "has_career": random.random(size) < 0.15,
        "education": _one_of(
            random, size, range(6), (0.4, 0.05, 0.2, 0.28, 0.06, 0.01)
        ),
        "accepts_experience": random.random(size) < 0.05,
        "years": _one_of(random, size, range(6), (0.66, 0.18, 0.08, 0.05, 0.02, 0.01)),
        "accepts_beginners": random.random(size) < 0.08,
        "seniority": _one_of(random, size, range(4), (0.9, 0.06, 0.03, 0.01)),
        "sales": _one_of(random, size, range(3), (0.8, 0.08, 0.12)),
        "is_gig": random.random(size) < 0.02,
        "is_disguised": random.random(size) < 0.02,
        "is_collection": random.random(size) < 0.06,
        "is_outbound": random.random(size) < 0.15,
        "has_field_visits": random.random(size) < 0.06,
        "asks_fees": random.random(size) < 0.01,
        "checks_credit": random.random(size) < 0.02,
        "is_dispatch": random.random(size) < 0.06,
        "phone": _one_of(random, size, (None, 0, 1, 2, 3), (0.35, 0.2, 0.15, 0.1, 0.2)),
        "women_only": random.random(size) < 0.02,
        "exposure": _one_of(random, size, range(4), (0.7, 0.15, 0.1, 0.05)),
        "disclosed": np.round(random.integers(1, 11, size) / 10, 1),
        "interest": _one_of(random, size, range(4), (0.4, 0.3, 0.2, 0.1)),
        "age_max": _one_of(random, size, (None, 30, 35, 40, 45), (0.92, *(0.02,) * 4)),
    }
    posted = [today - timedelta(days=int(d)) for d in random.integers(0, 90, size)]
    demands = _demands(random, size)
    words = random.choice(_WORDS, size=(size, 8), p=_zipf(_WORDS, 0.9))
    employers = random.integers(0, max(number // 8, 1), size)
    values = {name: np.asarray(found).tolist() for name, found in columns.items()}
    for n in range(size):
        yield JobFacts(
            id=_uuid(start + n),
            title="客服专员",
            employer=f"第{employers[n]}号公司",
            **places[n],
            **work[n],
            **pay[n],
            demands=demands[n],
            posted=posted[n].isoformat(),
            words=tuple(sorted({_word(w) for w in words[n]})),
            **{name: found[n] for name, found in values.items()},
        )


def _uuid(number: int) -> str:
    """Spread over the range as random ones are, and different for each number."""
    mixed = (number * 0x9E3779B97F4A7C15 + 0x7F4A7C15) % 2**64
    return f"{mixed >> 32:08x}-{mixed >> 16 & 0xFFFF:04x}-4000-8000-{mixed & 0xFFFF:04x}{number:08x}"


def _word(number: int) -> str:
    return f"词{number}"


def _one_of(
    random: Any, size: int, values: Sequence[Any], odds: Sequence[float]
) -> Any:
    found = np.array(values, dtype=object)
    return found[random.choice(len(found), size=size, p=odds)]


def _places(random: Any, size: int) -> list[dict[str, Any]]:
    towns = big_cities()
    chosen = random.choice(len(towns), size=size, p=_zipf(len(towns)))
    kind, spot = random.random(size), random.random(size)
    found: list[dict[str, Any]] = []
    for n in range(size):
        town = towns[chosen[n]]
        if kind[n] < _NOWHERE:
            found.append({})
            continue
        # Three in ten do not say in which part of the city.
        at = int(spot[n] / 0.7 * len(town.districts)) if town.districts else 0
        named = bool(town.districts) and at < len(town.districts)
        found.append(
            {
                "city": town.code,
                "district": town.districts[at].code if named else "",
                "is_remote": bool(kind[n] > 1 - _REMOTE),
            }
        )
    return found


def _work(random: Any, size: int) -> list[dict[str, Any]]:
    """Two adverts in three name one occupation; what else they name is close to it."""
    codes = sorted(default_knowledge().occupations)
    several = random.choice(6, size=size, p=(0.1, 0.62, 0.15, 0.06, 0.04, 0.03))
    first = random.choice(len(codes), size=size, p=_zipf(len(codes), 0.7))
    steps = random.choice(12, size=(size, 4), p=_zipf(12, 0.8)).cumsum(axis=1)
    odds = _zipf(len(_STRENGTHS), 1.2)
    picked = random.choice(_STRENGTHS[::-1], size=(size, 5), p=odds)
    strengths = -np.sort(-picked, axis=1)
    found = []
    for n in range(size):
        more = [first[n], *(first[n] + 1 + steps[n])][: several[n]]
        names = dict.fromkeys(codes[place % len(codes)] for place in more)
        pairs = zip(names, strengths[n].tolist(), strict=False)
        found.append({"occupations": tuple(pairs)})
    return found


def _pay(random: Any, size: int) -> list[dict[str, Any]]:
    odd = random.random(size) < 0.1
    low = np.round(random.lognormal(8.55, 0.3, size), -2).astype(int)
    low = np.where(odd, low, low // 500 * 500)
    top = low + 500 * random.integers(0, 9, size)
    base = np.where(random.random(size) < 0.15, low // 2 // 500 * 500, 0)
    unstated = random.random(size) < 0.05
    return [
        {
            "pay_min": None if unstated[n] else int(low[n]),
            "pay_max": None if unstated[n] else int(top[n]),
            "base": int(base[n]) or None,
        }
        for n in range(size)
    ]


def _demands(random: Any, size: int) -> list[tuple[str, ...]]:
    names = list(DEMANDS)
    several = random.choice(4, size=size, p=(0.8, 0.15, 0.04, 0.01))
    picked = random.choice(len(names), size=(size, 3), p=_zipf(len(names)))
    return [
        tuple(dict.fromkeys(names[p] for p in picked[n, : several[n]]))
        for n in range(size)
    ]


def _seeker(random: Any, number: int) -> Seeker:
    towns, codes = big_cities(), sorted(default_knowledge().occupations)
    roles = sorted(default_knowledge().transitions)
    home, other = random.choice(len(towns), size=2, p=_zipf(len(towns)))
    town = towns[home]
    wanted = random.choice(len(codes), size=3, replace=False, p=_zipf(len(codes), 0.7))
    limits = random.random(len(Constraint.values)) < 0.35
    words = random.choice(_WORDS, size=4, p=_zipf(_WORDS, 0.9))
    return Seeker(
        id=str(number),
        city=town.code,
        district=town.districts[number % len(town.districts)].code
        if town.districts
        else "",
        also_cities=frozenset({towns[other].code}) if number % 5 == 0 else frozenset(),
        education=int(random.integers(1, 4)),
        age=int(random.integers(20, 36)),
        years=float(random.integers(0, 8)),
        roles=tuple(random.choice(roles, size=int(random.integers(1, 3)))),
        skills=frozenset(random.choice(Skill.values, size=5)),
        wants=tuple((codes[w], 1.0) for w in wanted[: int(random.integers(1, 4))]),
        words=frozenset(_word(w) for w in words[: int(random.integers(0, 5))]),
        prefers=frozenset({"weekends_off"}) if random.random() < 0.4 else frozenset(),
        min_pay=int(4000 + 500 * random.integers(0, 9)),
        limits=frozenset(np.array(Constraint.values)[limits].tolist()),
        hidden_names=frozenset({f"第{number}号公司"})
        if number % 3 == 0
        else frozenset(),
    )
