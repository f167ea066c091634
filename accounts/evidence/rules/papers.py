"""Which papers are enough, how long they count, and when their files are erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# The 2026 notice wants every employer checked again at least every six months; nobody
# else is checked less often.
LONGEST = timedelta(days=180)
MOST_FILES = 20
# Kinds that end by themselves: the day must be told.
DATED = frozenset({"hr_licence", "dispatch_licence", "agent_authorisation"})
# PIPL 6 and 19: looked at once, then only its date and fingerprint are kept.
ERASED_ONCE_SEEN = frozenset({"agent_id"})


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days a file is kept once `why` is so; one row of docs/accounts.md."""

    why: str
    days: int


RETENTION = {
    "replaced": Retention("another one took its place", 30),
    "refused": Retention("it was not accepted", 30),
    "subject_gone": Retention("its organisation or counselor is gone", 0),
    "orphan": Retention("no row knows the file", 1),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What the rules need to know of the current document of a kind."""

    kind: str
    state: str
    valid_until: date | None = None


def missing_to_send(
    required: Sequence[str], papers: Iterable[Paper], *, today: date
) -> list[str]:
    """Required kinds that are not there, were refused, or have run out."""
    there = {
        paper.kind
        for paper in papers
        if paper.state != "refused" and not has_run_out(paper, today=today)
    }
    return [kind for kind in required if kind not in there]


def missing_to_confirm(
    required: Sequence[str], papers: Iterable[Paper], *, today: date
) -> list[str]:
    """Required kinds nobody accepted, or that have run out since."""
    there = {
        paper.kind
        for paper in papers
        if paper.state == "accepted" and not has_run_out(paper, today=today)
    }
    return [kind for kind in required if kind not in there]


def has_run_out(paper: Paper, *, today: date) -> bool:
    return paper.valid_until is not None and paper.valid_until < today


def last_good_day(
    required: Sequence[str], papers: Iterable[Paper], *, today: date, longest: timedelta
) -> date:
    """The day on which the first required paper ends, at most `longest` from now."""
    ends = [
        paper.valid_until
        for paper in papers
        if paper.kind in required and paper.valid_until is not None
    ]
    return min([*ends, today + longest])


def erase_after(
    *,
    kind: str,
    state: str,
    reviewed_at: datetime | None,
    replaced_at: datetime | None,
) -> datetime | None:
    """The moment from which the file is to be erased; None while it is needed."""
    if reviewed_at is not None and kind in ERASED_ONCE_SEEN:
        return reviewed_at
    moments = []
    if replaced_at is not None:
        days = RETENTION["replaced"].days if reviewed_at is not None else 0
        moments.append(replaced_at + timedelta(days=days))
    if state == "refused" and reviewed_at is not None:
        moments.append(reviewed_at + timedelta(days=RETENTION["refused"].days))
    return min(moments, default=None)
