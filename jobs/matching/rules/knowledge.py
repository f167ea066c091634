"""The occupation map as data: cues, closeness, transitions (jobs/matching/data)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from accounts.lib.occupations import occupation_by_code, occupation_codes
from jobs.matching.rules.phrases import Phrases

_DATA = Path(__file__).resolve().parent.parent / "data"
# A wish for something close is worth at least this much before it counts as near.
_FAR = 0.0


# A trade that the map does not know goes by a word of its own: word:保育员.
_BY_WORD = "word:"


def by_word(word: str) -> str:
    return _BY_WORD + word


def word_of(code: str) -> str:
    """The word behind such a code; empty for an occupation of the map."""
    return code.removeprefix(_BY_WORD) if code.startswith(_BY_WORD) else ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One occupation: how texts name it and what the work asks of people."""

    code: str
    group: str
    title: Phrases
    duty: Phrases
    wish: Phrases
    phone: int
    exposure: int
    skills: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Transition:
    score: float
    skill: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    occupations: Mapping[str, Profile]
    near: Mapping[tuple[str, str], float]
    transitions: Mapping[str, Mapping[str, Transition]]
    role_names: tuple[tuple[str, re.Pattern[str]], ...]

    def closeness(self, wanted: str, offered: str) -> float:
        """How much of a wish for one occupation another one meets, 0-1."""
        return 1.0 if wanted == offered else self.near.get((wanted, offered), _FAR)

    def transition(self, role: str, target: str) -> Transition | None:
        return self.transitions.get(role, {}).get(target)

    def exposure_of(self, occupation: str) -> int:
        profile = self.occupations.get(occupation)
        return profile.exposure if profile else 0


@cache
def default_knowledge() -> Knowledge:
    occupations = _read("occupations.toml")
    near = occupations.pop("near")
    roles = _read("roles.toml")
    profiles = {code: _profile(code, row) for code, row in occupations.items()}
    unknown = profiles.keys() - occupation_codes()
    if unknown:
        raise ValueError(f"occupations.toml names unknown codes: {sorted(unknown)}")
    return Knowledge(
        occupations=profiles,
        near=_closeness(near, profiles),
        transitions={
            role: {code: Transition(*pair) for code, pair in targets.items()}
            for role, targets in roles["transitions"].items()
        },
        role_names=tuple(
            (role, re.compile(pattern, re.IGNORECASE))
            for role, pattern in roles["names"].items()
        ),
    )


def _read(name: str) -> dict[str, Any]:
    with (_DATA / name).open("rb") as file:
        return tomllib.load(file)


def _profile(code: str, row: Mapping[str, Any]) -> Profile:
    occupation = occupation_by_code(code)
    wishes = [*row.get("wish", ())]
    if not row.get("own_wish_words"):
        wishes += row["title"]
    return Profile(
        code=code,
        group=occupation.group.code if occupation else "",
        title=Phrases(*row["title"]),
        duty=Phrases(*row["duty"]),
        wish=Phrases(*wishes),
        phone=row["phone"],
        exposure=row["exposure"],
        skills=row["skills"],
    )


def _closeness(
    near: Mapping[str, Any], profiles: Mapping[str, Profile]
) -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for one in profiles.values():
        for other in profiles.values():
            if one is not other and one.group == other.group:
                table[one.code, other.code] = near["same_group"]
    for one_code, other_code, value in near["pairs"]:
        table[one_code, other_code] = table[other_code, one_code] = value
    return table
