"""Which one thing a seeker's home page asks for, and in which order the rest stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# What begins or ends within a day goes before everything that can wait.
SOON = timedelta(hours=24)


class Kind(StrEnum):
    """In the order of weight: what others wait for, then what helps the search on."""

    OFFER = "offer"
    PICK = "pick"
    PREPARED = "prepared"
    INVITATION = "invitation"
    MESSAGE = "message"
    OUTCOME = "outcome"
    CHECK_IN = "check_in"
    TALK = "talk"
    PROFILE = "profile"
    HIRED = "hired"
    NEW = "new"
    FIRST = "first"
    MORE = "more"


_WEIGHT = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do. `by` is when it begins or can no longer be done."""

    kind: Kind
    title: str
    url: str
    action: str
    text: str = ""
    detail: str = ""
    by: datetime | None = None
    when: str = ""
    icon: str = ""


def in_order(errands: Iterable[Errand], *, now: datetime) -> list[Errand]:
    """The first is the next step. What is over already stands where it would without
    a date: it is still to be looked at."""

    def place(errand: Errand) -> tuple[int, float, int]:
        left = (errand.by - now).total_seconds() if errand.by else float("inf")
        if 0 <= left <= SOON.total_seconds():
            return (0, left, 0)
        return (1, _WEIGHT[errand.kind], int(min(max(left, 0), 1e12)))

    return sorted(errands, key=place)
