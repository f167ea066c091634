"""What higher apps know for a seeker's own pages: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from accounts.seekers.models import CompanyBlock, SeekerProfile


@dataclass(frozen=True, slots=True)
class Company:
    """A registered organisation; `related` are those that belong to it, by name."""

    name: str
    uscc: str
    related: tuple[str, ...] = ()


class Companies(Protocol):
    """Who knows the registered organisations, which this app does not."""

    def find(self, text: str) -> list[Company]:
        """By part of the name or by the whole code, a few at most."""

    def reached_by(self, block: CompanyBlock) -> list[str]:
        """Names of all that a block hides from, with those that belong to them."""

    def readers_of(self, profile: SeekerProfile) -> list[str]:
        """Names of organisations that can read an application right now."""


# A sentence for the person, or nothing.
Note = Callable[[SeekerProfile], str]
_notes: list[Note] = []


def add_note(note: Note) -> None:
    if note not in _notes:
        _notes.append(note)


def notes_for(profile: SeekerProfile) -> list[str]:
    return [text for note in _notes if (text := note(profile))]


_companies: list[Companies] = []


def know_companies(found: Companies) -> None:
    if found not in _companies:
        _companies.append(found)


def companies() -> Companies | None:
    return _companies[0] if _companies else None
