"""What higher apps tell those who check a counselor: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable

from accounts.counselors.models import CounselorProfile

# A sentence, or nothing.
CheckNote = Callable[[CounselorProfile], str]
_notes: list[CheckNote] = []


def add_check_note(note: CheckNote) -> None:
    if note not in _notes:
        _notes.append(note)


def check_notes(counselor: CounselorProfile) -> list[str]:
    return [text for note in _notes if (text := note(counselor))]
