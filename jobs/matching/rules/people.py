"""Seekers as columns: what the score asks of them, looked up once for a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accounts.seekers.enums import Constraint, Skill
from jobs.matching.rules.arrays import Bools, Floats, Ints
from jobs.matching.rules.columns import OCCUPATIONS
from jobs.matching.rules.demands import DEMAND_CODES
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.knowledge import Knowledge

# A transition nobody asked for is worth this much of a wish.
UNASKED = 0.45
# What a seeker who names no figure is taken to need.
USUAL_NEED = 4000
# From here on past work counts as work of the same kind.
_RELATED = 0.65
_ANY_LEVEL = 99
_LEADERS = frozenset({"team_lead"})


@dataclass(frozen=True, slots=True)
class People:
    """Arrays of shape (seekers, 1); the first three (seekers, occupations + 1).

    The last occupation is none at all: it fits nobody. `age` is NaN when unknown;
    `meets` has a column for each of DEMAND_CODES.
    """

    seekers: tuple[Seeker, ...]
    fit: Floats
    skills: Floats
    is_related: Bools
    need: Floats
    education: Ints
    years: Floats
    age: Floats
    leads: Ints
    meets: Bools
    avoids_phone: Bools
    avoids_selling: Bools
    wants_weekends: Bools
    wants_days: Bools
    takes_any_shift: Bools
    wants_lodging: Bools
    wants_career: Bools
    wants_near: Bools
    wants_pay: Bools

    def some(self, numbers: Sequence[int]) -> People:
        """A block of only these seekers."""
        seekers = tuple(self.seekers[number] for number in numbers)
        values = (getattr(self, name)[numbers] for name in self.__slots__[1:])
        return People(seekers, *values)


# A tick that answers a demand as well as words do.
_MET_BY = {"driving_licence": Skill.DRIVING}


def meets(seeker: Seeker, demand: str) -> bool:
    return demand in seeker.knows or _MET_BY.get(demand) in seeker.skills


@dataclass(frozen=True, slots=True)
class Tables:
    """The occupation map as matrices: rows are what is wanted, had, or done before."""

    near: Floats
    asked: Floats
    transitions: Floats
    skill_of: dict[str, int]
    role_of: dict[str, int]


def people_of(seekers: Sequence[Seeker], knowledge: Knowledge) -> People:
    tables = _tables(knowledge)

    def column(values: list[float] | list[bool] | list[int]) -> np.ndarray:
        return np.array(values).reshape(-1, 1)

    def has(name: str) -> Bools:
        return column([name in s.prefers for s in seekers]).astype(bool)

    led = [_led(seeker, tables) for seeker in seekers]
    return People(
        seekers=tuple(seekers),
        fit=np.array(
            [_fit(s, lead, tables) for s, lead in zip(seekers, led, strict=True)]
        ),
        skills=np.array([_skills(seeker, tables) for seeker in seekers]),
        is_related=np.array(led) >= _RELATED,
        need=column([float(s.min_pay or USUAL_NEED) for s in seekers]),
        education=column(
            [_ANY_LEVEL if s.education is None else s.education for s in seekers]
        ),
        years=column([float(s.years) for s in seekers]),
        age=column([np.nan if s.age is None else float(s.age) for s in seekers]),
        leads=column([int(bool(_LEADERS.intersection(s.roles))) for s in seekers]),
        meets=np.array([[meets(s, code) for code in DEMAND_CODES] for s in seekers]),
        avoids_phone=column([Constraint.NO_PHONE in s.limits for s in seekers]),
        avoids_selling=column(
            [Constraint.NO_OUTBOUND_SALES in s.limits for s in seekers]
        ),
        wants_weekends=has("weekends_off"),
        wants_days=has("day_shift"),
        takes_any_shift=has("any_shift"),
        wants_lodging=has("lodging"),
        wants_career=has("career"),
        wants_near=has("near"),
        wants_pay=has("pay"),
    )


def _led(seeker: Seeker, tables: Tables) -> Floats:
    """How well the past leads to each occupation, 0-1."""
    rows = [tables.role_of[role] for role in seeker.roles if role in tables.role_of]
    best: Floats = tables.transitions[rows].max(axis=0, initial=0.0)
    return best


def _fit(seeker: Seeker, led: Floats, tables: Tables) -> Floats:
    best = led * (UNASKED if seeker.wants else 1.0)
    for wanted, weight in seeker.wants:
        if wanted in OCCUPATIONS:
            near = tables.near[OCCUPATIONS[wanted]]
            best = np.maximum(best, near * weight)
    for disliked, factor in seeker.dislikes:
        if disliked in OCCUPATIONS:
            best[OCCUPATIONS[disliked]] *= factor
    return best


def _skills(seeker: Seeker, tables: Tables) -> Floats:
    """Share of what each occupation asks that the seeker's answers show."""
    have = [tables.skill_of[s] for s in seeker.skills if s in tables.skill_of]
    asked = tables.asked
    share: Floats = asked[:, have].sum(axis=1) / np.maximum(asked.sum(axis=1), 1)
    return share


_kept: dict[int, tuple[Knowledge, Tables]] = {}


def _tables(knowledge: Knowledge) -> Tables:
    """Made once for each occupation map, which is not hashable."""
    kept = _kept.get(id(knowledge))
    if kept is None or kept[0] is not knowledge:
        kept = _kept[id(knowledge)] = (knowledge, _make_tables(knowledge))
    return kept[1]


def _make_tables(knowledge: Knowledge) -> Tables:
    codes = list(OCCUPATIONS)
    profiles = knowledge.occupations
    skills = sorted({s for profile in profiles.values() for s in profile.skills})
    roles = sorted(knowledge.transitions)
    # One column more: work whose occupation nobody recognised.
    near = np.zeros((len(codes), len(codes) + 1))
    asked = np.zeros((len(codes) + 1, len(skills)))
    transitions = np.zeros((len(roles), len(codes) + 1))
    for column, offered in enumerate(codes):
        if offered not in profiles:
            continue
        for row, wanted in enumerate(codes):
            near[row, column] = knowledge.closeness(wanted, offered)
        for row, role in enumerate(roles):
            found = knowledge.transition(role, offered)
            transitions[row, column] = found.score if found else 0.0
        for row, skill in enumerate(skills):
            asked[column, row] = profiles[offered].skills.get(skill, 0)
    return Tables(
        near,
        asked,
        transitions,
        {skill: number for number, skill in enumerate(skills)},
        {role: number for number, role in enumerate(roles)},
    )
