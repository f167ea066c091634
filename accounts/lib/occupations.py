"""The occupations people move to, by code, in three languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language

_DATA = Path(__file__).parent / "data" / "occupations.json"
_KEYS = {"zh-hant": "zh_hant", "zh-tw": "zh_hant", "zh-hk": "zh_hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class OccupationGroup:
    code: str
    names: Mapping[str, str]

    def name(self, language: str = "zh-hans") -> str:
        return self.names[_key(language)]


@dataclass(frozen=True, slots=True)
class Occupation:
    """`about` says in one short line what the work is."""

    code: str
    group: OccupationGroup
    names: Mapping[str, str]
    abouts: Mapping[str, str]

    def name(self, language: str = "zh-hans") -> str:
        return self.names[_key(language)]

    def about(self, language: str = "zh-hans") -> str:
        return self.abouts[_key(language)]

    @property
    def label(self) -> Promise:
        """The name in the reader's language, found out when it is shown."""
        return lazystr(_Shown(self.names))

    @property
    def description(self) -> Promise:
        return lazystr(_Shown(self.abouts))


class _Shown:
    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __str__(self) -> str:
        return self._texts[_key(get_language() or "")]


def _key(language: str) -> str:
    language = language.lower()
    return _KEYS.get(language) or _KEYS.get(language.split("-")[0], "zh_hans")


@cache
def occupations() -> tuple[Occupation, ...]:
    """All of them, in the order in which they are offered."""
    with _DATA.open(encoding="utf-8") as file:
        data = json.load(file)
    groups = {row["code"]: _group(row) for row in data["groups"]}
    return tuple(_occupation(row, groups) for row in data["occupations"])


def _group(row: dict[str, Any]) -> OccupationGroup:
    return OccupationGroup(row["code"], _texts(row))


def _occupation(
    row: dict[str, Any], groups: Mapping[str, OccupationGroup]
) -> Occupation:
    return Occupation(
        row["code"], groups[row["group"]], _texts(row), _texts(row["about"])
    )


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {key: row[key] for key in ("zh_hans", "zh_hant", "en")}


@cache
def _by_code() -> dict[str, Occupation]:
    return {occupation.code: occupation for occupation in occupations()}


def occupation_by_code(code: str) -> Occupation | None:
    return _by_code().get(code)


def occupation_name(code: str) -> str:
    """The name in the reader's language; an unknown code stands for itself."""
    occupation = occupation_by_code(code)
    return occupation.name(get_language() or "") if occupation else code


def occupation_codes() -> frozenset[str]:
    return frozenset(_by_code())


def occupations_by_group() -> list[tuple[OccupationGroup, list[Occupation]]]:
    rows: dict[str, list[Occupation]] = {}
    for occupation in occupations():
        rows.setdefault(occupation.group.code, []).append(occupation)
    return [(found[0].group, found) for found in rows.values()]


def occupation_choices() -> Iterator[tuple[Promise, list[tuple[str, Promise]]]]:
    """Grouped choices for a form field: pass the function itself, so that each request
    sees its own language."""
    for group, found in occupations_by_group():
        yield (lazystr(_Shown(group.names)), [(o.code, o.label) for o in found])
