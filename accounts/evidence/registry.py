"""What documents belong to: higher apps say so from `ready()`, nobody imports upwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from accounts.identity.models import User


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of owner: who may open its papers, where they are checked, who exists.

    `is_own` names those who belong or belonged to it: they never check its papers.
    """

    may_read: Callable[[User, UUID], bool]
    is_own: Callable[[User, UUID], bool]
    check_page: Callable[[UUID], str]
    name: Callable[[UUID], str]
    existing: Callable[[Iterable[UUID]], set[UUID]]


_subjects: dict[str, Subject] = {}


def register_subject(subject_type: str, subject: Subject) -> None:
    _subjects[subject_type] = subject


def subject_of(subject_type: str) -> Subject:
    return _subjects[subject_type]


def subjects() -> dict[str, Subject]:
    return dict(_subjects)
