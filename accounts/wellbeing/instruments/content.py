"""The instruments, each a file with its source, licence, wording and rule.

A published version is never edited: a change makes a new one. `needs` names what has to
be true before a form may be shown; a language whose wording is missing does not show it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.wellbeing.instruments.rules import Item, Scale

DATA = Path(__file__).parent / "data"
FOLDERS = ("zh_hans", "zh_hant", "en")
# Shown: read at the source, or quoted alike by several; marked where it is ours.
WORDINGS = ("official", "second_hand", "converted", "draft")
NOT_SHOWN = ("missing", "unconfirmed")
UNTESTED = ("draft", "converted")
# Made for the work one has, asked here about the work one had: tested in no language.
RECALLED = frozenset({"cbi-client"})


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One form in one language."""

    id: str
    version: int
    name: str
    source: str
    licence: str
    notice: str
    wording: str
    needs: str
    stem: str
    questions: tuple[Question, ...]
    scale: Scale
    # From how many points on two scores differ; 0 where nobody knows.
    change: int
    every_days: int

    @property
    def is_tested(self) -> bool:
        """Whether the wording is no draft of ours, no mere change of script, no recall."""
        return self.wording not in UNTESTED and self.id not in RECALLED

    @property
    def is_shown(self) -> bool:
        return self.wording in WORDINGS and _is_allowed(self.needs)


def _is_allowed(needs: str) -> bool:
    return {
        "": True,
        "noncommercial": settings.WELLBEING_NONCOMMERCIAL,
        # In the place of the form that only a site without earnings may show.
        "commercial": not settings.WELLBEING_NONCOMMERCIAL,
        # Nobody is on call: see docs/check-in.md.
        "roster": False,
        # Somebody said that they have one: only accounts know (checkins/content.py).
        "new_job": False,
    }[needs]


@cache
def forms(folder: str) -> dict[str, Form]:
    """By id, whether they may be shown or not."""
    return {
        form.id: form
        for path in sorted(DATA.rglob("*.toml"))
        for form in _read(path, folder)
    }


def shown_forms(folder: str) -> dict[str, Form]:
    return {name: form for name, form in forms(folder).items() if form.is_shown}


def _read(path: Path, folder: str) -> list[Form]:
    with path.open("rb") as handle:
        data = tomllib.load(handle)
    return [_form(name, row, data, folder) for name, row in data["forms"].items()]


def _form(name: str, row: dict[str, Any], data: dict[str, Any], folder: str) -> Form:
    asks = data["forms"][row["items_of"]] if "items_of" in row else row
    items = asks.get("items") or [
        item for item in data["items"] if item["id"] in row["takes"]
    ]
    return Form(
        id=name,
        version=data["version"],
        name=data["name"],
        source=data["source"],
        licence=data["licence"],
        notice=data.get("notice", ""),
        wording=row["wording"][folder],
        needs=row.get("needs", ""),
        stem=data.get("stem", {}).get(folder, ""),
        questions=tuple(
            Question(item["id"], item[folder], tuple(_options(item, data)[folder]))
            for item in items
        ),
        scale=Scale(
            items=tuple(
                Item(
                    item["id"],
                    tuple(_options(item, data)["values"]),
                    is_reverse=item.get("reverse", False),
                )
                for item in items
            ),
            method=data["method"],
            fewest=row.get("fewest", 0),
            most_missing=row.get("most_missing", 0),
            never_missing=frozenset(row.get("never_missing", ())),
            times=data.get("times", 1),
        ),
        change=row.get("change", 0),
        every_days=row["every_days"],
    )


def _options(item: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The only set of answers where an item names none."""
    sets: dict[str, dict[str, Any]] = data["options"]
    return sets[item["options"]] if "options" in item else next(iter(sets.values()))
