"""How long a time is kept, and how many somebody may have (wellbeing reference E3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

HOLD = timedelta(minutes=10)
# Booked talks still to come.
MOST_IN_ALL = 2
MOST_WITH_ONE = 1
# For so long an offered time waits for an answer.
OFFER = timedelta(hours=48)
# An offer that ends sooner than this is none.
SHORTEST_OFFER = timedelta(hours=1)
# A check that ran out may be given anew: talks that begin later than this can wait for it.
WAITS_FOR_CHECK = timedelta(days=3)
# So many offers in a row without an answer, and nobody is asked any more.
MOST_UNANSWERED = 3


def too_many(with_whom: Sequence[int], counselor: int) -> bool:
    """Whether one more talk with `counselor` is too many; `with_whom` are the others."""
    with_this_one = sum(1 for other in with_whom if other == counselor)
    return len(with_whom) >= MOST_IN_ALL or with_this_one >= MOST_WITH_ONE


def offer_ends(
    *, now: datetime, starts_at: datetime, notice: timedelta
) -> datetime | None:
    """Until when an answer is in time; None when there is too little left to ask."""
    end = min(now + OFFER, starts_at - notice)
    return end if end - now >= SHORTEST_OFFER else None
