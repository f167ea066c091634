"""The trades that hunt people who collected debts, one file each, in three languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jobs.screening.rules.catalogue import Citation, read_citations

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("zh-hans", "zh-hant", "en")


@dataclass(frozen=True, slots=True)
class Trap:
    """How it sounds, what really happens, what the law says, what to do, what is near.

    `search` finds the lawful work near it among the postings, which are Chinese.
    """

    slug: str
    rules: tuple[str, ...]
    basis: tuple[Citation, ...]
    # Several traps share a rule: these words tell which of them it is.
    hints: tuple[str, ...]
    search: str
    name: str
    adverts: tuple[str, ...]
    really: str
    law: str
    now: str
    near: str


@cache
def traps(language: str) -> tuple[Trap, ...]:
    """In the reader's language; Simplified Chinese where we do not know it."""
    code = language if language in LANGUAGES else LANGUAGES[0]
    return tuple(_trap(slug, data, code) for slug, data in _files())


@cache
def _files() -> tuple[tuple[str, dict[str, Any]], ...]:
    found = [
        (path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        for path in FOLDER.glob("*.toml")
    ]
    return tuple(sorted(found, key=lambda pair: int(pair[1]["order"])))


def _trap(slug: str, data: dict[str, Any], code: str) -> Trap:
    texts = data[code]
    return Trap(
        slug=slug,
        rules=tuple(data["rules"]),
        basis=read_citations(data["basis"]),
        hints=tuple(data.get("hints", ())),
        search=data["search"],
        name=texts["name"],
        adverts=tuple(texts["adverts"]),
        really=texts["really"],
        law=texts["law"],
        now=texts["now"],
        near=texts["near"],
    )
