"""The questions 7, 30 and 90 days after somebody began: when, to whom, what they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jobs.applications.enums import DebtContact, Promised, Side, StillThere

DAYS = (7, 30, 90)
# Asked late (a server that stood still) a question still makes sense for so long.
ASK_WITHIN = timedelta(days=14)
# And can be answered for so long.
OPEN_FOR = timedelta(days=30)
OUTCOME_DAY = 90
# Fewer people than this are not shown as a share.
SMALLEST_GROUP = 10


@dataclass(frozen=True, slots=True)
class Answered:
    """One side's answer to one question; `answer` is empty while there is none."""

    day: int
    side: str
    answer: str


def due_on(start: date, day: int) -> date:
    return start + timedelta(days=day)


def is_due(start: date, day: int, *, today: date) -> bool:
    due = due_on(start, day)
    return due <= today < due + ASK_WITHIN


def is_open(start: date, day: int, *, today: date) -> bool:
    """Whether an answer is still taken."""
    due = due_on(start, day)
    return due <= today < due + OPEN_FOR


def asks_again(earlier: Iterable[Answered], side: str) -> bool:
    """Nobody is asked again about a job they said was over."""
    return all(row.answer != StillThere.NO for row in earlier if row.side == side)


def needs_help(
    *, answer: str, promised: str, contact: str, wants_help: bool
) -> list[str]:
    """What to offer after an answer, in this order."""
    found = []
    if promised not in {"", Promised.AS_SAID}:
        found += ["rights", "report"]
    if contact == DebtContact.MORE and "report" not in found:
        found.append("report")
    if answer == StillThere.NO or found:
        found.append("matches")
    if wants_help:
        found.append("help")
    return found


def employed_at(day: int, rows: Iterable[Answered]) -> bool | None:
    """Whether somebody was still there on that day; None where nobody said.

    The person's own word counts before the employer's. An earlier "no" holds.
    """
    found = [row for row in rows if row.answer and row.day <= day]
    for side in (Side.SEEKER, Side.EMPLOYER):
        own = [row for row in found if row.side == side]
        if any(row.answer == StillThere.NO for row in own):
            return False
        if any(row.day == day for row in own):
            return True
    return None


@dataclass(frozen=True, slots=True)
class Share:
    """`employed` and `percent` are None where the group is too small to show."""

    asked: int
    answered: int
    employed: int | None
    percent: int | None


def share(outcomes: Iterable[bool | None]) -> Share:
    """Of those who answered; small groups and what would give one away are hidden."""
    known = list(outcomes)
    said = [outcome for outcome in known if outcome is not None]
    if len(said) < SMALLEST_GROUP:
        return Share(len(known), len(said), None, None)
    employed = sum(said)
    return Share(len(known), len(said), employed, round(100 * employed / len(said)))
