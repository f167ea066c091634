"""What higher apps say on a seeker's own profile page: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable

from accounts.seekers.models import SeekerProfile

# A sentence for the person, or nothing.
Note = Callable[[SeekerProfile], str]
_notes: list[Note] = []


def add_note(note: Note) -> None:
    if note not in _notes:
        _notes.append(note)


def notes_for(profile: SeekerProfile) -> list[str]:
    return [text for note in _notes if (text := note(profile))]
