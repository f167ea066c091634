"""Words that a team must not write about an applicant: they say nothing about the work,
and most of them may not decide about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jobs.postings.rules.contact import find_contacts
from jobs.screening.rules.text import normalise
from jobs.talent.enums import Forbidden

_DATA = Path(__file__).parent.parent / "data" / "words.toml"
_CLAUSE = re.compile(r"[^,。;!?\n]+")


@dataclass(frozen=True, slots=True)
class Found:
    """`words` as they were understood, to show the writer what is meant."""

    kind: Forbidden
    words: str


@dataclass(frozen=True, slots=True)
class WordList:
    kinds: Mapping[Forbidden, re.Pattern[str]]
    # A clause about customers or the work itself speaks of nobody who applied.
    about_work: re.Pattern[str]
    excused: frozenset[Forbidden]


def read_words(data: Mapping[str, Any]) -> WordList:
    kinds = {
        Forbidden(kind): re.compile("|".join(f"(?:{p})" for p in rows["patterns"]))
        for kind, rows in data["kinds"].items()
    }
    work = re.compile("|".join(data["about_work"]["patterns"]))
    excused = frozenset(Forbidden(kind) for kind in data["about_work"]["excuses"])
    return WordList(kinds, work, excused)


@cache
def default_words() -> WordList:
    with _DATA.open("rb") as file:
        return read_words(tomllib.load(file))


def forbidden_words(text: str, words: WordList | None = None) -> list[Found]:
    """One finding a kind, in the order of the list; empty where all is well."""
    lists = words or default_words()
    plain = normalise(text).text
    found = []
    for kind, pattern in lists.kinds.items():
        if match := _first(pattern, plain, lists, kind):
            found.append(Found(kind, match))
    if contacts := find_contacts(text):
        first = contacts[0]
        found.append(Found(Forbidden.CONTACT, text[first.start : first.end]))
    return found


def _first(
    pattern: re.Pattern[str], plain: str, lists: WordList, kind: Forbidden
) -> str:
    for clause in _CLAUSE.findall(plain):
        if kind in lists.excused and lists.about_work.search(clause):
            continue
        if match := pattern.search(clause):
            return str(match[0]).strip()
    return ""
