"""How well a posting suits a seeker, item by item.

The items add up to 100 at most; limits then lower the sum for what stands in the way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.lib.places import (
    City,
    District,
    city_by_code,
    distance_km,
    district_by_code,
)
from accounts.seekers.enums import Constraint, Skill
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import Knowledge
from jobs.postings.enums import Rest

WEIGHTS: Mapping[str, float] = {
    "fit": 48,
    "skills": 6,
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
}
# A transition nobody asked for is worth this much of a wish.
_UNASKED = 0.45
_UNKNOWN = 0.5


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


def score(seeker: Seeker, job: JobFacts, *, today: date, knowledge: Knowledge) -> Score:
    """Deterministic: the same seeker, posting and day give the same score."""
    items = (
        _fit(seeker, job, knowledge),
        _skills(seeker, job, knowledge),
        _words(seeker, job),
        _pay(seeker, job),
        _base(seeker, job),
        _schedule(seeker, job),
        _distance(seeker, job),
        _exposure(job),
        Item("disclosure", WEIGHTS["disclosure"], job.disclosed),
        _housing(seeker, job),
        _career(seeker, job),
        _freshness(job, today),
    )
    limits = tuple(_limits(seeker, job, knowledge))
    total = sum(item.points for item in items)
    for limit in limits:
        total *= limit.factor
    return Score(round(total, 4), items, limits)


def _fit(seeker: Seeker, job: JobFacts, knowledge: Knowledge) -> Item:
    best, facts = 0.0, {}
    for offered, strength in job.occupations:
        for wanted, weight in seeker.wants:
            value = knowledge.closeness(wanted, offered) * weight * strength
            if value > best:
                best = value
                facts = {"wanted": wanted, "offered": offered}
        share = _UNASKED if seeker.wants else 1.0
        for role in seeker.roles:
            transition = knowledge.transition(role, offered)
            if transition and transition.score * share * strength > best:
                best = transition.score * share * strength
                facts = {
                    "role": role,
                    "offered": offered,
                    "skill": transition.skill,
                }
    return Item("fit", WEIGHTS["fit"], round(min(best, 1.0), 4), facts)


def _skills(seeker: Seeker, job: JobFacts, knowledge: Knowledge) -> Item:
    """Share of what the occupation asks that the seeker's answers show."""
    known = [pair for pair in job.occupations if pair[0] in knowledge.occupations]
    if not known:
        return Item("skills", WEIGHTS["skills"], 0.0)
    offered, strength = known[0]
    asked = knowledge.occupations[offered].skills
    have = {skill: w for skill, w in asked.items() if skill in seeker.skills}
    value = strength * sum(have.values()) / sum(asked.values())
    best = sorted(have, key=lambda skill: (-have[skill], skill))
    facts = {"skills": best, "offered": offered}
    return Item("skills", WEIGHTS["skills"], round(min(value, 1.0), 4), facts)


def _words(seeker: Seeker, job: JobFacts) -> Item:
    shared = sorted(seeker.words.intersection(job.words))
    value = min(len(shared), 3) / 3
    return Item("words", WEIGHTS["words"], round(value, 4), {"words": shared})


def _pay(seeker: Seeker, job: JobFacts) -> Item:
    """Rises with the range's top, then with its bottom, against what is needed."""
    low, top = job.pay_min or job.pay_max, job.pay_max or job.pay_min
    facts = {"low": low, "top": top, "wish": seeker.min_pay}
    if not top or not low:
        return Item("pay", WEIGHTS["pay"], 0.4, facts)
    wish = seeker.min_pay or 4000
    # Beyond what is needed more pay still counts, but slowly: high figures are baits.
    top_part = 0.9 * _ramp(top / wish, 0.7, 1.2) + 0.1 * _ramp(top / wish, 1.2, 2.5)
    low_part = _ramp(low / wish, 0.6, 1.0)
    return Item("pay", WEIGHTS["pay"], round(0.6 * top_part + 0.4 * low_part, 4), facts)


def _base(seeker: Seeker, job: JobFacts) -> Item:
    facts = {"base": job.base, "wish": seeker.min_pay}
    if not job.base:
        return Item("base", WEIGHTS["base"], 0.4, facts)
    wish = seeker.min_pay or 4000
    return Item(
        "base", WEIGHTS["base"], round(_ramp(job.base / wish, 0.5, 1.0), 4), facts
    )


def _ramp(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _schedule(seeker: Seeker, job: JobFacts) -> Item:
    """Days off and hours against what was asked; fair to those who asked nothing."""
    marks = [_mark_of_rest(seeker, job), _mark_of_hours(seeker, job)]
    value = sum(marks) / len(marks)
    facts = {"rest": job.rest, "late": job.works_late, "rotating": job.is_rotating}
    return Item("schedule", WEIGHTS["schedule"], round(value, 4), facts)


def _mark_of_rest(seeker: Seeker, job: JobFacts) -> float:
    if not job.rest:
        return _UNKNOWN
    if job.rest == Rest.DOUBLE:
        return 1.0
    if "weekends_off" in seeker.prefers:
        return 0.0
    return 0.45 if job.rest in {Rest.ALTERNATE, Rest.ROTATING} else 0.3


def _mark_of_hours(seeker: Seeker, job: JobFacts) -> float:
    if job.works_late:
        return 0.3 if "any_shift" in seeker.prefers else 0.1
    if job.is_rotating:
        return 0.1 if "day_shift" in seeker.prefers else 0.6
    if job.is_day_shift:
        return 1.0
    return _UNKNOWN


def _distance(seeker: Seeker, job: JobFacts) -> Item:
    """Kilometres between districts; the same city counts when one is unknown."""
    if job.is_remote:
        return Item("distance", WEIGHTS["distance"], 1.0, {"remote": True})
    if not seeker.city or not job.city:
        return Item("distance", WEIGHTS["distance"], _UNKNOWN, {})
    if job.city != seeker.city:
        return Item("distance", WEIGHTS["distance"], 0.2, {"other_city": job.city})
    here = district_by_code(seeker.district)
    there = district_by_code(job.district)
    if here is None or there is None:
        return Item("distance", WEIGHTS["distance"], 0.7, {})
    km = distance_km(here, there)
    value = math.exp(-km / 25)
    return Item("distance", WEIGHTS["distance"], round(value, 4), {"km": round(km)})


def place_of(code: str) -> City | District | None:
    return district_by_code(code) or city_by_code(code)


def _exposure(job: JobFacts) -> Item:
    value = 1 - job.exposure / 3
    return Item(
        "exposure", WEIGHTS["exposure"], round(value, 4), {"level": job.exposure}
    )


def _housing(seeker: Seeker, job: JobFacts) -> Item:
    wanted = "lodging" in seeker.prefers
    weight = WEIGHTS["housing"] * (8 if wanted else 1)
    return Item("housing", weight, 1.0 if job.has_lodging else 0.0, {"wanted": wanted})


def _career(seeker: Seeker, job: JobFacts) -> Item:
    wanted = "career" in seeker.prefers
    weight = WEIGHTS["career"] * (8 if wanted else 1)
    return Item("career", weight, 1.0 if job.has_career else 0.0, {"wanted": wanted})


def _freshness(job: JobFacts, today: date) -> Item:
    posted = job.posted_on
    if posted is None:
        return Item("freshness", WEIGHTS["freshness"], _UNKNOWN, {})
    days = max((today - posted).days, 0)
    value = 1 - min(days, 60) / 60
    return Item("freshness", WEIGHTS["freshness"], round(value, 4), {"days": days})


# What cannot be learned in a week, and how much it lowers a recommendation.
_DEMANDS: Mapping[str, float] = {
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
}
_MET_BY = {"driving_licence": Skill.DRIVING, "law_degree": None}
_LEADERS = frozenset({"team_lead"})


def _limits(seeker: Seeker, job: JobFacts, knowledge: Knowledge) -> Iterator[Limit]:
    yield from _education(seeker, job)
    yield from _experience(seeker, job, knowledge)
    yield from _demands(seeker, job)
    yield from _bars(seeker, job)
    if Constraint.NO_PHONE in seeker.limits and job.phone != 0:
        yield Limit("some_phone", 0.85 if job.phone else 0.92)
    if job.sales == 2:
        yield Limit("sales_main", 0.45)
    elif job.sales == 1:
        refused = Constraint.NO_OUTBOUND_SALES in seeker.limits
        yield Limit("sales_some", 0.88 if refused else 0.94)
    if job.is_gig:
        yield Limit("gig", 0.4)
    if job.is_disguised:
        yield Limit("disguised", 0.3)
    if job.is_collection:
        yield Limit("collection", 0.6)


def _education(seeker: Seeker, job: JobFacts) -> Iterator[Limit]:
    if seeker.education is None or job.education <= seeker.education:
        return
    gap = job.education - seeker.education
    factor = {1: 0.78, 2: 0.42}.get(gap, 0.25)
    if job.accepts_experience and seeker.years >= 1:
        factor = {1: 0.93, 2: 0.7}.get(gap, 0.4)
    facts = {"asked": job.education, "accepts_experience": job.accepts_experience}
    yield Limit("education", factor, facts)


def _experience(seeker: Seeker, job: JobFacts, knowledge: Knowledge) -> Iterator[Limit]:
    """Years asked for count only as far as the past work resembles this one."""
    if job.years and not job.accepts_beginners:
        related = _relatedness(seeker, job, knowledge)
        missing = job.years - seeker.years * (1.0 if related >= 0.65 else 0.3)
        if missing > 0:
            factor = 0.85 if missing <= 1 else 0.65 if missing <= 2 else 0.45
            yield Limit("years", factor, {"asked": job.years})
    level = 1 if _LEADERS.intersection(seeker.roles) else 0
    above = job.seniority - level
    if above > 0:
        yield Limit(
            "seniority", {1: 0.6, 2: 0.35}.get(above, 0.2), {"level": job.seniority}
        )


def _relatedness(seeker: Seeker, job: JobFacts, knowledge: Knowledge) -> float:
    found = (
        knowledge.transition(role, offered)
        for role in seeker.roles
        for offered, _ in job.occupations[:2]
    )
    return max((t.score for t in found if t), default=0.0)


def _demands(seeker: Seeker, job: JobFacts) -> Iterator[Limit]:
    for demand in job.demands:
        skill = _MET_BY.get(demand)
        if demand in seeker.knows or (skill and skill in seeker.skills):
            continue
        yield Limit("demand", _DEMANDS[demand], {"demand": demand})


def _bars(seeker: Seeker, job: JobFacts) -> Iterator[Limit]:
    """Unlawful bars that would keep this person out all the same."""
    if seeker.age is not None:
        too_old = job.age_max is not None and seeker.age > job.age_max
        too_young = job.age_min is not None and seeker.age < job.age_min
        if too_old or too_young:
            yield Limit("age", 0.4, {"low": job.age_min, "high": job.age_max})
    if job.women_only or job.men_only:
        yield Limit("sex", 0.8, {"women": job.women_only})
