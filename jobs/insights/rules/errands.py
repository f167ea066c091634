"""What waits for an employer, in order, and how far the first posting is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# What ends within a day goes before everything that can wait.
SOON = timedelta(hours=24)


class Kind(StrEnum):
    """In the order of weight: what people wait for, then what stops the hiring."""

    TALK = "talk"
    ANSWER = "answer"
    QUESTION = "question"
    PAUSE = "pause"
    CHANGES = "changes"
    CHECK = "check"
    GROUP = "group"
    CLOSING = "closing"
    DRAFT = "draft"


_WEIGHT = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do. `by` is when it begins or can no longer be done."""

    kind: Kind
    title: str
    url: str
    action: str
    text: str = ""
    by: datetime | None = None
    when: str = ""
    icon: str = ""


def in_order(errands: Iterable[Errand], *, now: datetime) -> list[Errand]:
    def place(errand: Errand) -> tuple[int, float, int]:
        left = (errand.by - now).total_seconds() if errand.by else float("inf")
        if left <= SOON.total_seconds():
            return (0, left, _WEIGHT[errand.kind])
        return (1, _WEIGHT[errand.kind], int(min(left, 1e12)))

    return sorted(errands, key=place)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the way to the first posting; `minutes` is what it usually takes."""

    code: str
    minutes: int
    is_done: bool
    is_optional: bool = False


MINUTES = {"organization": 3, "papers": 4, "promise": 1, "posting": 6, "colleagues": 1}


def first_steps(
    *,
    has_organization: bool,
    has_papers: bool,
    has_promised: bool,
    has_posting: bool,
    has_colleagues: bool,
) -> list[Step]:
    done = {
        "organization": has_organization,
        "papers": has_papers,
        "promise": has_promised,
        "posting": has_posting,
        "colleagues": has_colleagues,
    }
    return [
        Step(code, MINUTES[code], done[code], is_optional=code == "colleagues")
        for code in MINUTES
    ]


def minutes_left(steps: Sequence[Step]) -> int:
    return sum(s.minutes for s in steps if not s.is_done and not s.is_optional)


def next_step(steps: Sequence[Step]) -> Step | None:
    """The first that has to be done; None once only what is optional is left."""
    return next((s for s in steps if not s.is_done and not s.is_optional), None)
