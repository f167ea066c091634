"""What applicants are judged by: the usual questions of each kind of work, and what
an organisation made of them for one posting."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent.parent / "data" / "criteria.toml"
LANGUAGES = {"zh-hans": "zh_hans", "zh-hant": "zh_hant", "en": "en"}
FEWEST, MOST = 3, 8
MOST_OWN = 4
MARKS = (1, 2, 3, 4)
OWN = "own-"


@dataclass(frozen=True, slots=True)
class Text:
    """A title, and what one hears or sees at 1, 2, 3 and 4."""

    title: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    texts: Mapping[str, Text]

    def text(self, language: str) -> Text:
        return self.texts[LANGUAGES.get(language.lower(), "zh_hans")]


@dataclass(frozen=True, slots=True)
class OwnCriterion:
    """One that an organisation wrote itself; `strong` is what a 4 looks like."""

    code: str
    title: str
    strong: str


@dataclass(frozen=True, slots=True)
class Library:
    criteria: Mapping[str, Criterion]
    roles: Mapping[str, tuple[str, ...]]

    def usual_for(self, occupation: str) -> tuple[str, ...]:
        return self.roles.get(occupation, self.roles["default"])


def read_library(data: Mapping[str, Any]) -> Library:
    criteria = {row["code"]: _criterion(row) for row in data["criteria"]}
    roles = {role: tuple(codes) for role, codes in data["roles"].items()}
    unknown = {code for codes in roles.values() for code in codes} - set(criteria)
    if unknown:
        raise ValueError(f"roles name unknown criteria: {sorted(unknown)}")
    return Library(criteria, roles)


def _criterion(row: Mapping[str, Any]) -> Criterion:
    texts = {}
    for language in LANGUAGES.values():
        told = row[language]
        if len(told["marks"]) != len(MARKS):
            raise ValueError(f"{row['code']} {language}: four marks are told")
        texts[language] = Text(told["title"], tuple(told["marks"]))
    return Criterion(row["code"], texts)


@cache
def default_library() -> Library:
    with _DATA.open("rb") as file:
        return read_library(tomllib.load(file))


Row = str | dict[str, str]


def rows_of(codes: Iterable[str], own: Iterable[OwnCriterion] = ()) -> list[Row]:
    """As they are stored."""
    kept: list[Row] = list(dict.fromkeys(codes))
    kept += [{"code": o.code, "title": o.title, "strong": o.strong} for o in own]
    return kept


def codes_of(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row if isinstance(row, str) else row["code"] for row in rows)


def own_of(rows: Sequence[Row]) -> list[OwnCriterion]:
    return [OwnCriterion(**row) for row in rows if not isinstance(row, str)]


def next_own_code(taken: Iterable[str]) -> str:
    """Never one that stood for something else in an earlier version."""
    numbers = [int(code.removeprefix(OWN)) for code in taken if code.startswith(OWN)]
    return f"{OWN}{max(numbers, default=0) + 1}"
