"""How close a kind of work is to what somebody did, item by item.

The thresholds of a path that can be walked (likeness, job zone, pay) are those of
Nesta's Career Causeways; the weights and the adjustments are Ashore's own judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jobs.paths.rules.atlas import Atlas
from jobs.paths.rules.content import EDUCATIONS, SkillEntry, Source, Target

WEIGHTS: Mapping[str, float] = {
    "skills": 50,
    "onet": 25,
    "schooling": 10,
    "pay": 8,
    "exposure": 7,
}
# Career Causeways: below this share of the earlier pay a path is not offered as one.
PAY_KEPT = 0.75
ZONES_UP = 1
# Where O*NET knows nothing of the earlier work: neither help nor harm.
_UNKNOWN_LIKENESS = 0.4
# A sister skill of the same core shows part of what is asked.
_SISTER = 0.5
# An answer says that they did it, not how well.
_CLAIMED = 2.0


class Level(StrEnum):
    VERY_NEAR = "very_near"
    REACHABLE = "reachable"
    MORE_TO_LEARN = "more_to_learn"
    FAR = "far"


LEVELS = ((70, Level.VERY_NEAR), (52, Level.REACHABLE), (38, Level.MORE_TO_LEARN))


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody: earlier roles, skills their answers show, schooling."""

    roles: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset()
    education: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """`weight` times `value` (0-1) is what it adds to at most 100."""

    name: str
    weight: float
    value: float
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class Path:
    """One target for one person. `limits` name what holds the level down."""

    target: Target
    score: float
    level: Level
    items: tuple[Item, ...]
    adjustments: tuple[tuple[str, float], ...]
    limits: tuple[str, ...]
    brought: Mapping[str, float]

    def item(self, name: str) -> Item:
        return next(item for item in self.items if item.name == name)

    @property
    def missing(self) -> tuple[str, ...]:
        """Skills of which less than half of what is asked is there, heaviest first."""
        return tuple(
            code
            for code, weight in self.target.skills.items()
            if self.brought[code] < weight / 2
        )

    @property
    def have(self) -> tuple[str, ...]:
        missing = set(self.missing)
        return tuple(code for code in self.target.skills if code not in missing)


def paths_from(person: Person, atlas: Atlas) -> list[Path]:
    """Every target, the closest first; equal ones in the order of the map."""
    paths = [path_to(person, target, atlas) for target in atlas.targets.values()]
    return sorted(paths, key=lambda path: -path.score)


def path_to(person: Person, target: Target, atlas: Atlas) -> Path:
    roles = sorted(role for role in set(person.roles) if role in atlas.sources)
    sources = [atlas.sources[role] for role in roles]
    brought = brought_skills(person, sources, target, atlas.skills)
    items = (
        _skills(target, brought),
        _onet(sources, target, atlas),
        _schooling(person, sources, target),
        _pay(sources, target),
        _exposure(sources, target),
    )
    adjustments = tuple(
        (a.code, 100 * a.value) for a in atlas.adjustments if a.fits(roles, target.code)
    )
    total = sum(item.points for item in items)
    total += sum(points for _code, points in adjustments)
    score = round(min(max(total, 0.0), 100.0), 1)
    limits = tuple(_limits(sources, target, items, atlas))
    return Path(
        target, score, _level(score, limits), items, adjustments, limits, brought
    )


def brought_skills(
    person: Person,
    sources: Iterable[Source],
    target: Target,
    skills: Mapping[str, SkillEntry],
) -> dict[str, float]:
    """How much of each asked skill is there, 0 to its weight."""
    own: dict[str, int] = {}
    for source in sources:
        for code, level in source.skills.items():
            own[code] = max(level, own.get(code, 0))
    cores: dict[str, float] = dict.fromkeys(person.claims, _CLAIMED)
    for code, level in own.items():
        core = skills[code].core
        if core:
            cores[core] = max(float(level), cores.get(core, 0.0))
    found = {}
    for code, weight in target.skills.items():
        core = skills[code].core
        claimed = _CLAIMED if code in person.claims else 0.0
        sister = _SISTER * cores.get(core, 0.0)
        found[code] = min(max(float(own.get(code, 0)), claimed, sister), float(weight))
    return found


def _skills(target: Target, brought: Mapping[str, float]) -> Item:
    asked = sum(target.skills.values())
    value = sum(brought.values()) / asked
    return Item("skills", WEIGHTS["skills"], round(value, 4), {"asked": asked})


def _onet(sources: list[Source], target: Target, atlas: Atlas) -> Item:
    codes = [code for source in sources for code in source.onet]
    found = atlas.onet.likeness(codes, target.onet)
    if found is None:
        return Item("onet", WEIGHTS["onet"], _UNKNOWN_LIKENESS, {})
    facts = {
        "source": found.source,
        "target": found.target,
        "percent": found.percent,
    }
    return Item("onet", WEIGHTS["onet"], found.value, facts)


def _schooling(person: Person, sources: list[Source], target: Target) -> Item:
    usual = [EDUCATIONS.index(source.education) for source in sources]
    has = (
        EDUCATIONS.index(person.education)
        if person.education
        else max(usual, default=EDUCATIONS.index("high_school"))
    )
    short = max(EDUCATIONS.index(target.education) - has, 0)
    facts = {
        "short": short,
        "asked": target.education,
        "has": EDUCATIONS[has],
        "is_own": bool(person.education),
    }
    return Item("schooling", WEIGHTS["schooling"], max(1 - short / 2, 0.0), facts)


def _pay(sources: list[Source], target: Target) -> Item:
    if not sources:
        return Item("pay", WEIGHTS["pay"], 0.5, {})
    before = sum(source.pay.middle for source in sources) / len(sources)
    ratio = target.pay.middle / before
    value = min(max((ratio - 0.5) / 0.5, 0.0), 1.0)
    facts = {"percent": round(100 * ratio)}
    return Item("pay", WEIGHTS["pay"], round(value, 4), facts)


def _exposure(sources: list[Source], target: Target) -> Item:
    before = max((source.exposure for source in sources), default=0)
    facts = {"before": before, "after": target.exposure}
    value = round(1 - target.exposure / 3, 4)
    return Item("exposure", WEIGHTS["exposure"], value, facts)


def _limits(
    sources: list[Source], target: Target, items: Iterable[Item], atlas: Atlas
) -> Iterable[str]:
    named = {item.name: item for item in items}
    percent = named["pay"].facts.get("percent")
    if percent is not None and percent < 100 * PAY_KEPT:
        yield "pay"
    if _zones_up(sources, target, atlas) > ZONES_UP:
        yield "zone"
    if named["schooling"].facts["short"] >= 2:
        yield "schooling"


def _zones_up(sources: list[Source], target: Target, atlas: Atlas) -> int:
    known = atlas.onet.occupations
    before = [known[code].zone for source in sources for code in source.onet]
    after = [known[code].zone for code in target.onet]
    return min(after) - max(before) if before and after else 0


def _level(score: float, limits: tuple[str, ...]) -> Level:
    """Less pay keeps a path from being near, schooling means that there is more to do."""
    level = next((level for least, level in LEVELS if score >= least), Level.FAR)
    if level == Level.VERY_NEAR and "pay" in limits:
        level = Level.REACHABLE
    if level in {Level.VERY_NEAR, Level.REACHABLE} and set(limits) - {"pay"}:
        level = Level.MORE_TO_LEARN
    return level
