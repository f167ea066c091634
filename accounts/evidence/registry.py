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
# Higher apps that keep files of their own in the same store.
_keepers: dict[str, Callable[[], set[str]]] = {}


def register_subject(subject_type: str, subject: Subject) -> None:
    _subjects[subject_type] = subject


def subject_of(subject_type: str) -> Subject:
    return _subjects[subject_type]


def subjects() -> dict[str, Subject]:
    return dict(_subjects)


def register_keeper(name: str, keys: Callable[[], set[str]]) -> None:
    """`keys()` names the stored files that an app's own rows know."""
    _keepers[name] = keys


def kept_elsewhere() -> set[str]:
    return set().union(*(keys() for keys in _keepers.values()))
