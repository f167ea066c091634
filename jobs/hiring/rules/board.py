"""The board's columns, and what carrying a card into one of them means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from jobs.applications.enums import ENDED_STATES, ApplicationState as S
from jobs.applications.rules.timeline import answer_due
from jobs.applications.rules.workflow import EMPLOYER, possible_events

# In the order of the way; each state of the table stands in exactly one column.
COLUMNS: Mapping[str, frozenset[str]] = {
    "submitted": frozenset({S.SUBMITTED}),
    "viewed": frozenset({S.VIEWED}),
    "shortlisted": frozenset({S.SHORTLISTED}),
    "interview": frozenset({S.INTERVIEW}),
    "offered": frozenset({S.OFFERED}),
    "on_hold": frozenset({S.ON_HOLD}),
    "hired": frozenset({S.HIRED}),
    "ended": ENDED_STATES - {S.HIRED},
}
COLUMN_OF: Mapping[str, str] = {
    str(state): column for column, states in COLUMNS.items() for state in states
}
# From then on the clock of the promise to answer is shown as urgent.
SOON = timedelta(days=3)


class How(StrEnum):
    """What a step still needs: nothing, a few words, or a page of its own."""

    NOW = "now"
    WORDS = "words"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the table, and the column whose name people have in mind for it."""

    event: str
    column: str
    how: How


MOVES: Mapping[str, Move] = {
    move.event: move
    for move in (
        Move("shortlist", "shortlisted", How.NOW),
        # The applicant picks the time: only then does the card stand there.
        Move("propose", "interview", How.PAGE),
        Move("call_off", "shortlisted", How.PAGE),
        Move("offer", "offered", How.PAGE),
        Move("postpone", "on_hold", How.WORDS),
        Move("decline", "ended", How.WORDS),
        Move("retract", "ended", How.WORDS),
    )
}
# Opening an application is what "seen" means, and other terms leave it where it is.
NOT_CARRIED = frozenset({"view", "revise"})


def possible_moves(*, state: str, is_removed: bool = False) -> list[Move]:
    """What an employer may do with a card now, in the order of the columns."""
    events = possible_events(state=state, actor=EMPLOYER, is_removed=is_removed)
    found = [MOVES[event] for event in events if event in MOVES]
    order = list(COLUMNS)
    return sorted(
        (move for move in found if move.column != COLUMN_OF[state]),
        key=lambda move: order.index(move.column),
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """How much of the promised time to answer is left; negative once it is over."""

    due: datetime
    days_left: int
    is_soon: bool


def clock_of(submitted_at: datetime, *, now: datetime) -> Clock:
    due = answer_due(submitted_at)
    left = due - now
    return Clock(due, ceil(left / timedelta(days=1)), left <= SOON)
