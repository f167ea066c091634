"""What apps tell the operator's console about themselves: filled from `ready()`.

It lives at the bottom so that every app can add a section without importing the console.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Words = str | Promise
FINE, LOOK, BAD = "good", "caution", "danger"


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a section; `state` is FINE, LOOK, BAD, or empty for a mere figure.

    `value` is a number or words without anybody's name in them.
    """

    label: Words
    value: int | Words
    state: str = ""
    # Where to look further; the operator may open that page.
    url_name: str = ""
    # More about the value, in small letters.
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the console's first page; `read` asks the database and may fail."""

    code: str
    title: Words
    read: Callable[[datetime], Iterable[Reading]]
    # Small ones come first.
    place: int = 50


@dataclass(frozen=True, slots=True)
class RetentionJob:
    """A task that erases or forgets: what, after how long, and how much is due now."""

    # The name of the task on the schedule.
    task: str
    title: Words
    what: Words
    how_long: Words
    count: Callable[[datetime], int]


_sections: dict[str, Section] = {}
_jobs: dict[str, RetentionJob] = {}
_probes: dict[str, Callable[[], dict[str, object]]] = {}


def add_section(*found: Section) -> None:
    _sections.update({section.code: section for section in found})


def sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda one: (one.place, one.code))


def add_retention(*found: RetentionJob) -> None:
    _jobs.update({job.task: job for job in found})


def retention_jobs() -> list[RetentionJob]:
    return list(_jobs.values())


def add_probe(name: str, probe: Callable[[], dict[str, object]]) -> None:
    """How one of the programs that the site rests on is asked; `{"ok": True, …}`."""
    _probes[name] = probe


def probe(name: str) -> dict[str, object]:
    """Nothing where nobody knows how to ask."""
    ask = _probes.get(name)
    return ask() if ask else {}
