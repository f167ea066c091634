from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FRESH_FOR = timedelta(days=90)
WARN_BEFORE = timedelta(days=14)
EMERGENCY = "emergency"
TALK = "talk"
ADVICE = "advice"
KINDS = (EMERGENCY, TALK, ADVICE)
# Lines of a region to call in need.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Hotline:
    """One phone line; `texts` maps a language code to its name and note."""

    region: str
    number: str
    kind: str
    texts: dict[str, tuple[str, str]]
    source: str
    checked_on: date

    @property
    def tel(self) -> str:
        return f"tel:{self.number.replace(' ', '')}"

    def name(self, language: str) -> str:
        return self.texts[language][0]

    def note(self, language: str) -> str:
        return self.texts[language][1]


def is_stale(line: Hotline, today: date) -> bool:
    """Emergency numbers never are: a missing one harms more than an old one."""
    return line.kind != EMERGENCY and today - line.checked_on > FRESH_FOR


def lines_to_show(lines: Iterable[Hotline], *, today: date) -> list[Hotline]:
    """What a region's page lists to call in need, in its order: never fewer than two.

    Stale ones are hidden; only where fewer than two would be left the latest checked of
    them stay, and the page says that they may have changed.
    """
    found = [line for line in lines if line.kind in (EMERGENCY, TALK)]
    stale = [line for line in found if is_stale(line, today)]
    missing = max(0, FEWEST - (len(found) - len(stale)))
    stay = sorted(stale, key=lambda line: line.checked_on, reverse=True)[:missing]
    return [line for line in found if line not in stale or line in stay]


def shown_lines(lines: Iterable[Hotline], *, kind: str, today: date) -> list[Hotline]:
    return [line for line in lines if line.kind == kind and not is_stale(line, today)]


def due_for_check(lines: Iterable[Hotline], today: date) -> list[tuple[Hotline, int]]:
    """Lines that are hidden or soon will be, with the days left (negative: hidden)."""
    left = [
        (line, (line.checked_on + FRESH_FOR - today).days)
        for line in lines
        if line.kind != EMERGENCY
    ]
    due = [pair for pair in left if pair[1] <= WARN_BEFORE.days]
    return sorted(due, key=lambda pair: pair[1])
