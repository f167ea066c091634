"""The order of the first page, once the scores are known.

Ten jobs of one shop are no choice. Within the best, a posting waits for the next place
when its employer or its kind of work has been shown enough and something else is as
good as at hand. Nothing is dropped, and what stays keeps its order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.matching.rules.ranking import Match

# So many of the best are looked at together; the order of the first ten may change.
ARRANGED = 30
FIRST_PAGE = 10
MOST_OF_AN_EMPLOYER = 2
MOST_IN_A_ROW = 2
# Points that another kind of work, or another employer, may be behind. Measured on
# graded adverts: a wider room for employers costs 0.011 of nDCG@10, this one nothing.
KIND_ROOM = 5.0
EMPLOYER_ROOM = 3.0


def arrange(matches: Sequence[Match]) -> list[Match]:
    """The same matches in the order they are shown in; excluded ones stay where they are."""
    waiting = [match for match in matches[:ARRANGED] if not match.is_excluded]
    rest = matches[len(waiting) :]
    shown: list[Match] = []
    while waiting and len(shown) < FIRST_PAGE:
        shown.append(waiting.pop(_next(shown, waiting)))
    return [*shown, *waiting, *rest]


def _next(shown: Sequence[Match], waiting: Sequence[Match]) -> int:
    """The first that brings something new; of two rules the employer's comes first."""
    full = _full_employers(shown)
    kind = _worn_kind(shown)
    best = waiting[0].score.total
    other = [
        place
        for place, match in enumerate(waiting)
        if employer_of(match) not in full and best - match.score.total <= EMPLOYER_ROOM
    ]
    for place in other:
        behind = waiting[other[0]].score.total - waiting[place].score.total
        if kind_of(waiting[place]) != kind and behind <= KIND_ROOM:
            return place
    return other[0] if other else 0


def _full_employers(shown: Sequence[Match]) -> set[str]:
    counts = Counter(employer_of(match) for match in shown)
    return {name for name, n in counts.items() if name and n >= MOST_OF_AN_EMPLOYER}


def _worn_kind(shown: Sequence[Match]) -> str | None:
    """The kind of work that was shown twice running."""
    kinds = {kind_of(match) for match in shown[-MOST_IN_A_ROW:]}
    is_worn = len(shown) >= MOST_IN_A_ROW and len(kinds) == 1 and "" not in kinds
    return kinds.pop() if is_worn else None


def employer_of(match: Match) -> str:
    """Empty when nobody is named: those are not taken for one employer."""
    return match.job.uscc or match.job.employer.split("|")[0].strip()


def kind_of(match: Match) -> str:
    return match.job.occupations[0][0] if match.job.occupations else ""
