"""How long having worked somewhere keeps a counselor from its applicants."""

from __future__ import annotations

from datetime import date

YEARS = 2


def counts_until(left_on: date) -> date:
    """The last day on which it still counts; 29 February becomes the 28th."""
    try:
        return left_on.replace(year=left_on.year + YEARS)
    except ValueError:
        return left_on.replace(year=left_on.year + YEARS, day=28)


def is_live(*, left_on: date | None, today: date) -> bool:
    return left_on is None or today <= counts_until(left_on)
