"""The map's texts and facts (jobs/paths/data), checked while they are read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = ("zh_hans", "zh_hant", "en")
TIERS = ("first", "new_first", "second", "third")
SKILL_GROUPS = [
    "people",
    "agreements",
    "complaints",
    "money",
    "records",
    "office",
    "law",
    "team",
    "field",
    "learning",
]
EDUCATIONS = ("none", "junior_high", "high_school", "college", "bachelor", "master")
SHIFTS = ("day", "two_shift", "rotating", "night")
WAYS = 3
T = TypeVar("T")


class ContentError(ValueError):
    """A file of the map says something that cannot be."""


@dataclass(frozen=True, slots=True)
class SkillText:
    name: str
    about: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """One word of the vocabulary; `core` is the skill a seeker's answers may show."""

    code: str
    core: str
    group: str
    onet: tuple[str, ...]
    texts: Mapping[str, SkillText]


@dataclass(frozen=True, slots=True)
class Pay:
    """Yuan a month before tax, by city tier: an estimate, and from when it is."""

    ranges: Mapping[str, tuple[int, int]]
    source: str
    as_of: str

    @property
    def middle(self) -> float:
        """Over all tiers, so that two kinds of work can be compared."""
        return sum(sum(pair) / 2 for pair in self.ranges.values()) / len(self.ranges)


@dataclass(frozen=True, slots=True)
class TargetText:
    synonyms: tuple[str, ...]
    duties: tuple[str, ...]
    entry: tuple[str, ...]
    shift_note: str
    good: str
    hard: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where people go. `skills` weighs what the work asks: 1 useful to 3 essential."""

    code: str
    onet: tuple[str, ...]
    csco: tuple[str, ...]
    education: str
    shifts: tuple[str, ...]
    phone: int
    exposure: int
    skills: Mapping[str, int]
    pay: Pay
    texts: Mapping[str, TargetText]


@dataclass(frozen=True, slots=True)
class SourceText:
    synonyms: tuple[str, ...]
    duties: tuple[str, ...]
    asked: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where people come from. `skills` are what the work usually leaves, 1-3."""

    code: str
    onet: tuple[str, ...]
    education: str
    exposure: int
    skills: Mapping[str, int]
    pay: Pay
    texts: Mapping[str, SourceText]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A stated judgement that facts from elsewhere do not hold; value -1 to 1."""

    code: str
    sources: frozenset[str]
    targets: frozenset[str]
    value: float
    reasons: Mapping[str, str]

    def fits(self, roles: Iterable[str], target: str) -> bool:
        """It must fit every role: one way round it is enough to be spared."""
        everyone = not self.sources
        return target in self.targets and (everyone or self.sources.issuperset(roles))


def load_skills(folder: Path = DATA / "skills") -> dict[str, SkillEntry]:
    found: dict[str, SkillEntry] = {}
    for group in SKILL_GROUPS:
        path = folder / f"{group}.toml"
        for code, row in _read(path).items():
            if code in found:
                raise ContentError(f"{path.name}: {code} stands in two files")
            found[code] = _skill(code, group, row)
    return found


def load_targets(
    skills: Iterable[str], folder: Path = DATA / "targets"
) -> dict[str, Target]:
    known = frozenset(skills)
    return {
        path.stem: _target(path.stem, _read(path), known)
        for path in sorted(folder.glob("*.toml"))
    }


def load_sources(
    skills: Iterable[str], folder: Path = DATA / "sources"
) -> dict[str, Source]:
    known = frozenset(skills)
    return {
        path.stem: _source(path.stem, _read(path), known)
        for path in sorted(folder.glob("*.toml"))
    }


def load_adjustments(path: Path = DATA / "adjustments.toml") -> tuple[Adjustment, ...]:
    return tuple(
        Adjustment(
            code=code,
            sources=frozenset(row.get("sources", ())),
            targets=frozenset(row["targets"]),
            value=row["value"],
            reasons={
                language: _text(row["reason"], language, code) for language in LANGUAGES
            },
        )
        for code, row in _read(path).items()
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path.name}: {error}") from error


def _skill(code: str, group: str, row: Mapping[str, Any]) -> SkillEntry:
    texts = {key: _fill(SkillText, row, key, code) for key in LANGUAGES}
    if any(len(text.ways) != WAYS for text in texts.values()):
        raise ContentError(f"{code}: there must be {WAYS} ways in every language")
    return SkillEntry(code, row["core"], group, tuple(row["onet"]), texts)


def _target(code: str, row: Mapping[str, Any], skills: frozenset[str]) -> Target:
    if not set(row["shifts"]) <= set(SHIFTS) or not row["shifts"]:
        raise ContentError(f"{code}: unknown shifts {row['shifts']}")
    return Target(
        code=code,
        onet=tuple(row["onet"]),
        csco=tuple(row["csco"]),
        education=_one_of(row["education"], EDUCATIONS, code),
        shifts=tuple(row["shifts"]),
        phone=_one_of(row["phone"], range(4), code),
        exposure=_one_of(row["exposure"], range(4), code),
        skills=_weights(row["skills"], skills, code),
        pay=_pay(row["pay"], code),
        texts=_same_length(
            {key: _fill(TargetText, row, key, code) for key in LANGUAGES}, code
        ),
    )


def _source(code: str, row: Mapping[str, Any], skills: frozenset[str]) -> Source:
    return Source(
        code=code,
        onet=tuple(row["onet"]),
        education=_one_of(row["education"], EDUCATIONS, code),
        exposure=_one_of(row["exposure"], range(4), code),
        skills=_weights(row["skills"], skills, code),
        pay=_pay(row["pay"], code),
        texts=_same_length(
            {key: _fill(SourceText, row, key, code) for key in LANGUAGES}, code
        ),
    )


def _one_of(value: T, allowed: Iterable[T], where: str) -> T:
    if value not in allowed:
        raise ContentError(f"{where}: {value!r} is not known")
    return value


def _weights(
    row: Mapping[str, int], known: frozenset[str], where: str
) -> dict[str, int]:
    if unknown := row.keys() - known:
        raise ContentError(f"{where}: unknown skills {sorted(unknown)}")
    for weight in row.values():
        _one_of(weight, (1, 2, 3), where)
    # Heaviest first: that is the order in which they are shown.
    return dict(sorted(row.items(), key=lambda pair: -pair[1]))


def _pay(row: Mapping[str, Any], where: str) -> Pay:
    ranges = {tier: (row[tier][0], row[tier][1]) for tier in TIERS}
    tops = [pair[1] for pair in ranges.values()]
    if any(low >= top for low, top in ranges.values()) or tops != sorted(tops)[::-1]:
        raise ContentError(f"{where}: pay must fall from tier to tier, low before top")
    return Pay(ranges, row["source"], row["as_of"])


def _fill(kind: type[T], row: Mapping[str, Any], language: str, where: str) -> T:
    """A text object in one language; every field of it must be there."""
    texts = row.get(language, {})
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        value = texts.get(field.name)
        if not value:
            raise ContentError(f"{where}: no {field.name} in {language}")
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _same_length(texts: dict[str, T], where: str) -> dict[str, T]:
    """A list has as many lines in every language, but for names people use."""
    for name in ("duties", "entry"):
        lengths = {len(getattr(text, name, ())) for text in texts.values()}
        if len(lengths) > 1:
            raise ContentError(f"{where}: {name} differ in number between languages")
    return texts


def _text(texts: Mapping[str, str], language: str, where: str) -> str:
    if not texts.get(language):
        raise ContentError(f"{where}: nothing in {language}")
    return texts[language]
