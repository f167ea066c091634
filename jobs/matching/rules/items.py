"""One score taken apart for a reader: items and limits with the facts they rest on.

Values are looked up in the arrays of `score.py`; nothing is worked out a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jobs.matching.rules.arrays import Ints, at
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.limits import DEMANDS
from jobs.matching.rules.people import UNASKED, meets
from jobs.matching.rules.score import (
    MOST_WORDS,
    WEIGHTS,
    Scoring,
    nearness,
)
from jobs.matching.rules.work import is_related, work_values


@dataclass(frozen=True, slots=True)
class Item:
    """One part of the score: `weight` times `value` (0-1) is what it adds."""

    name: str
    weight: float
    value: float
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class Limit:
    """Something in the way: the sum is multiplied by `factor`."""

    name: str
    factor: float
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    total: float
    items: tuple[Item, ...]
    limits: tuple[Limit, ...]

    def item(self, name: str) -> Item:
        return next(item for item in self.items if item.name == name)


def scores_at(
    scoring: Scoring,
    seekers: Ints,
    rows: Ints,
    jobs: Sequence[JobFacts],
    knowledge: Knowledge,
) -> list[Score]:
    """Scores of the seekers at these places of the block, each with one row and job."""
    people = [scoring.people.seekers[number] for number in seekers]
    words = [_words(s, job) for s, job in zip(people, jobs, strict=True)]
    points = np.array([item.points for item in words])
    totals = scoring.totals(seekers, rows, points).tolist()
    values = _values(scoring, seekers, rows)
    factors = _factors(scoring, seekers, rows)
    found = []
    for place, (seeker, job) in enumerate(zip(people, jobs, strict=True)):
        items = [
            Item(name, own[place], value[place], _facts(name, seeker, job, knowledge))
            for name, own, value in values
        ]
        limits = [
            limit
            for name, column in factors
            if column[place] != 1.0
            for limit in _limits(name, column[place], seeker, job)
        ]
        found.append(Score(totals[place], (words[place], *items), tuple(limits)))
    return found


def _words(seeker: Seeker, job: JobFacts) -> Item:
    shared = sorted(seeker.words.intersection(job.words))
    value = min(len(shared), MOST_WORDS) / MOST_WORDS
    return Item("words", WEIGHTS["words"], value, {"words": shared})


def word_points(seeker: Seeker, job: JobFacts) -> float:
    return _words(seeker, job).points


def _values(
    scoring: Scoring, seekers: Ints, rows: Ints
) -> list[tuple[str, list[float], list[float]]]:
    """Weights and values of every item, one for each row."""
    work = work_values(
        scoring.people, scoring.columns, seekers, scoring.columns.rows["work"][rows]
    )
    found = [
        (name, [WEIGHTS[name]] * len(rows), value.tolist())
        for name, value in zip(("fit", "skills"), work, strict=True)
    ]
    for kind, parts in scoring.parts.items():
        keys = scoring.columns.rows[kind][rows]
        for name, (weight, value) in parts.items():
            own = np.broadcast_to(weight, (len(scoring.people.seekers), 1))[seekers, 0]
            found.append((name, own.tolist(), at(value, seekers, keys).tolist()))
    return found


def _factors(
    scoring: Scoring, seekers: Ints, rows: Ints
) -> list[tuple[str, list[float]]]:
    keys = {kind: scoring.columns.rows[kind][rows] for kind in ("asks", "bars")}
    work = scoring.columns.rows["work"][rows]
    related = is_related(scoring.people, scoring.columns, seekers, work)
    many = len(scoring.people.seekers)
    unrelated, alike = (y.at(seekers, keys["asks"], many) for y in scoring.years)
    found = {"years": np.where(related, alike, unrelated)}
    for kind, limits in scoring.limits.items():
        found |= {n: f.at(seekers, keys[kind], many) for n, f in limits.items()}
    return [(name, values.tolist()) for name, values in found.items()]


def _facts(
    name: str, seeker: Seeker, job: JobFacts, knowledge: Knowledge
) -> Mapping[str, Any]:
    return FACTS[name](seeker, job, knowledge) if name in FACTS else {}


def _limits(name: str, factor: float, seeker: Seeker, job: JobFacts) -> list[Limit]:
    if name == "demand":
        return [
            Limit(name, DEMANDS[demand], {"demand": demand})
            for demand in job.demands
            if not meets(seeker, demand)
        ]
    return [Limit(name, factor, LIMIT_FACTS.get(name, _none)(job))]


def _none(_job: JobFacts) -> dict[str, Any]:
    return {}


LIMIT_FACTS: Mapping[str, Callable[[JobFacts], dict[str, Any]]] = {
    "education": lambda job: {
        "asked": job.education,
        "accepts_experience": job.accepts_experience,
    },
    "years": lambda job: {"asked": job.years},
    "seniority": lambda job: {"level": job.seniority},
    "age": lambda job: {"low": job.age_min, "high": job.age_max},
    "sex": lambda job: {"women": job.women_only},
}


def _fit(seeker: Seeker, job: JobFacts, knowledge: Knowledge) -> dict[str, Any]:
    """Which wish or which past gave the fit its value."""
    best, facts = 0.0, {}
    lowered = dict(seeker.dislikes)
    share = UNASKED if seeker.wants else 1.0
    for offered, strength in job.occupations:
        part = strength * lowered.get(offered, 1.0)
        for wanted, weight in seeker.wants:
            value = knowledge.closeness(wanted, offered) * weight * part
            if value > best:
                best, facts = value, {"wanted": wanted, "offered": offered}
        for role in seeker.roles:
            found = knowledge.transition(role, offered)
            if found and found.score * share * part > best:
                best = found.score * share * part
                facts = {"role": role, "offered": offered, "skill": found.skill}
    return facts


def _skills(seeker: Seeker, job: JobFacts, knowledge: Knowledge) -> dict[str, Any]:
    offered = job.occupations[0][0] if job.occupations else ""
    if offered not in knowledge.occupations:
        return {}
    asked = knowledge.occupations[offered].skills
    have = [skill for skill in asked if skill in seeker.skills]
    best = sorted(have, key=lambda skill: (-asked[skill], skill))
    return {"skills": best, "offered": offered}


def _distance(seeker: Seeker, job: JobFacts, _knowledge: Knowledge) -> dict[str, Any]:
    if job.is_remote:
        return {"remote": True}
    if seeker.city and job.city and job.city != seeker.city:
        return {"other_city": job.city}
    place = (job.city, job.district, job.is_remote)
    km = nearness(seeker.city, seeker.district, place)[1]
    return {} if km is None else {"km": km}


FACTS: Mapping[str, Callable[[Seeker, JobFacts, Knowledge], dict[str, Any]]] = {
    "fit": _fit,
    "skills": _skills,
    "pay": lambda seeker, job, _k: {
        "low": job.pay_min or job.pay_max,
        "top": job.pay_max or job.pay_min,
        "wish": seeker.min_pay,
    },
    "base": lambda seeker, job, _k: {"base": job.base, "wish": seeker.min_pay},
    "schedule": lambda _s, job, _k: {
        "rest": job.rest,
        "late": job.works_late,
        "rotating": job.is_rotating,
    },
    "distance": _distance,
    "exposure": lambda _s, job, _k: {"level": job.exposure},
    "housing": lambda seeker, _j, _k: {"wanted": "lodging" in seeker.prefers},
    "career": lambda seeker, _j, _k: {"wanted": "career" in seeker.prefers},
    "fairness": lambda _s, job, _k: {"interest": job.interest},
}
