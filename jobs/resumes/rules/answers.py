"""The questions of the translator and the lines behind them, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"
SERVICING, SUPPORT, COMPLIANCE = "servicing", "support", "compliance"
VARIANTS = (SERVICING, SUPPORT, COMPLIANCE)
LANGUAGES = ("zh-hans", "zh-hant", "en")
# The answer that lets lines speak of loans.
LOANS = "loan_customers"
# The source of a line that people wrote themselves.
OWN = "own"


class BadAnswers(Exception):  # noqa: N818 - reads as the event it is
    """The data file does not hold together; says where."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The same in Simplified Chinese, Traditional Chinese and English."""

    all: tuple[str, str, str]

    def text(self, language: str) -> str:
        return self.all[LANGUAGES.index(known_language(language))]


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that some answers ask for; nobody is believed above `most`."""

    code: str
    ask: Texts
    most: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing people may have done; `did` and `roles` say the same in the profile."""

    code: str
    group: str
    label: Texts
    lines: Mapping[str, Texts]
    best: str
    skills: tuple[str, ...]
    did: str
    roles: frozenset[str]
    number: Number | None
    ask_name: Texts | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    groups: Mapping[str, Texts]
    answers: Mapping[str, Answer]

    def in_group(self, group: str) -> list[Answer]:
        return [a for a in self.answers.values() if a.group == group]


@cache
def catalogue() -> Catalogue:
    with (DATA / "answers.toml").open("rb") as file:
        return read_catalogue(tomllib.load(file))


def read_catalogue(data: Mapping[str, Any]) -> Catalogue:
    """Raises BadAnswers for an unknown group, number or variant, or a missing text."""
    groups = {code: _texts(code, row) for code, row in data["groups"].items()}
    numbers = {
        code: Number(code, _texts(code, row["ask"]), row["most"])
        for code, row in data["numbers"].items()
    }
    answers = {
        code: _answer(code, row, groups, numbers)
        for code, row in data.items()
        if code not in {"groups", "numbers"}
    }
    return Catalogue(groups, answers)


def known_language(code: str) -> str:
    """The nearest of LANGUAGES; Simplified Chinese where none is near."""
    code = code.lower()
    if code.startswith("en"):
        return "en"
    is_traditional = code in {"zh-hant", "zh-tw", "zh-hk", "zh-mo"}
    return "zh-hant" if is_traditional else "zh-hans"


def _answer(
    code: str,
    row: Mapping[str, Any],
    groups: Mapping[str, Texts],
    numbers: Mapping[str, Number],
) -> Answer:
    lines = {v: _texts(f"{code}.{v}", row[v]) for v in VARIANTS if v in row}
    number = row.get("number", "")
    if row["group"] not in groups or row["best"] not in lines:
        raise BadAnswers(code)
    if number and number not in numbers:
        raise BadAnswers(f"{code}: {number}")
    return Answer(
        code=code,
        group=row["group"],
        label=_texts(code, row["label"]),
        lines=lines,
        best=row["best"],
        skills=tuple(row["skills"]),
        did=row.get("did", ""),
        roles=frozenset(row.get("roles", ())),
        number=numbers[number] if number else None,
        ask_name=_texts(code, row["ask_name"]) if row.get("name") else None,
    )


def _texts(code: str, row: list[str]) -> Texts:
    if len(row) != len(LANGUAGES) or not all(map(str.strip, row)):
        raise BadAnswers(code)
    return Texts((row[0], row[1], row[2]))
