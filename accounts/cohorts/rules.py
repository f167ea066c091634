"""What the giver of a code may learn.

Somebody who hands a code to people they know must not find out from our figures whether
one of them came. Four things together keep that:

- under ten nothing is shown, and "nothing" is the same for zero and for nine;
- from ten on a figure is a floor in steps of five ("at least 15"), taken off a count
  from which a secret number of this cohort and stage was subtracted first. Who knows
  fourteen members, or makes some up, cannot tell at which one the step comes;
- figures are taken once a week, so that no moment of joining can be seen;
- a figure never goes down: whoever leaves is not noticed either.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

FEWEST = 10
STEP = 5
# A cohort takes a few more than it says, so that "full" does not count for anybody.
MOST_SLACK = 9


def shown_figure(count: int, *, offset: int, before: int) -> int:
    """The new figure, 0 for none; `before` is the one that stands."""
    floor = max(count - offset, 0) // STEP * STEP
    return max(before, floor if floor >= FEWEST else 0)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_taking(
    *,
    opens_at: datetime,
    closes_at: datetime,
    closed_at: datetime | None,
    now: datetime,
) -> bool:
    return closed_at is None and opens_at <= now < closes_at
