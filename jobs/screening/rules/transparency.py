"""What of our counts is shown, so that no small number can be worked out.

A count below FEWEST is shown as "fewer than". Sums are where small counts leak: a sum
with one month left out gives that month away, and so does a sum that leaves the months
only one way to add up. So a sum over months that are not all shown is given only
where every one of them could still be anything from 0 to 9, and then rounded down to
tens, because sums of two years, subtracted, would say the same as one sum too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

FEWEST = 10
MONTHS = 12
_MOST_HIDDEN = FEWEST - 1
Kind = Literal["exact", "fewer", "at_least", "none"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as it may be shown: 12, fewer than 10, at least 40, or nothing."""

    kind: Kind
    value: int = 0

    @property
    def code(self) -> str:
        """For files that are read by machines: 12, <10, >=40, or empty."""
        sign = {"exact": "", "fewer": "<", "at_least": ">="}
        return "" if self.kind == "none" else f"{sign[self.kind]}{self.value}"

    @property
    def height(self) -> int:
        """For a bar: what is certain; a hidden count has none."""
        return self.value if self.kind in {"exact", "at_least"} else 0


NOTHING = Cell("none")
FEWER = Cell("fewer", FEWEST)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: its months, oldest first, and their sum."""

    months: tuple[Cell, ...]
    total: Cell


def line(counts: Sequence[int]) -> Line:
    """What is shown of one measure's months."""
    months = tuple(Cell("exact", n) if n >= FEWEST else FEWER for n in counts)
    hidden = [n for n in counts if n < FEWEST]
    shown = sum(n for n in counts if n >= FEWEST)
    return Line(months, _total(shown, sum(hidden), len(hidden)))


def _total(shown: int, hidden_sum: int, hidden: int) -> Cell:
    if not hidden:
        return Cell("exact", shown)
    # Between these, each hidden month may be 0 or 9 whatever the others are.
    if FEWEST <= hidden_sum <= _MOST_HIDDEN * hidden - FEWEST:
        return Cell("at_least", tens(shown + hidden_sum))
    if shown:
        return Cell("at_least", shown)
    # Of two months only, even "10 or more" would say that neither was 0.
    return FEWER if hidden > 2 and hidden_sum < FEWEST else NOTHING


def rounded(count: int) -> Cell:
    """A sum over the year of something whose months are not shown at all."""
    return Cell("at_least", tens(count)) if count >= FEWEST else FEWER


def share(part: int, whole: int) -> Cell:
    """A percentage, to the nearest ten; neither side of it may be few people."""
    if part < FEWEST or whole - part < FEWEST:
        return NOTHING
    return Cell("exact", round(part * 10 / whole) * 10)


def typical(value: int, cases: int) -> Cell:
    """A median, if enough cases stand behind it."""
    return Cell("exact", value) if cases >= FEWEST else NOTHING


def tens(count: int) -> int:
    return count // 10 * 10


def finished_months(today: date, *, how_many: int = MONTHS) -> list[date]:
    """The first days of the last full months, oldest first: a month that is not over
    would change from day to day, and two days' figures would tell of one posting."""
    year, month = today.year, today.month
    found: list[date] = []
    for _ in range(how_many):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        found.append(date(year, month, 1))
    return found[::-1]


def median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered:
        return 0.0
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
