"""What higher parts tell about a person: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile

# Words for the last result, or None where nothing is kept.
LastScore = Callable[[Subject], Any]
Assigned = Callable[[Subject], CounselorProfile | None]
People = Callable[[CounselorProfile], Collection[UUID]]

_last_score: list[LastScore] = []
_cases: list[tuple[Assigned, People]] = []


def set_last_score(read: LastScore) -> None:
    _last_score[:] = [read]


def last_score(subject: Subject) -> Any:
    return _last_score[0](subject) if _last_score else None


def set_cases(assigned: Assigned, people: People) -> None:
    """`assigned(subject)` is whose open case it is; `people(counselor)` the ids of theirs."""
    _cases[:] = [(assigned, people)]


def assigned_to(subject: Subject) -> CounselorProfile | None:
    return _cases[0][0](subject) if _cases else None


def people_of(counselor: CounselorProfile) -> Collection[UUID]:
    return _cases[0][1](counselor) if _cases else ()
