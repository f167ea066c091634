"""Bars drawn by ourselves; the table beside them says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.screening.rules.transparency import Cell

HEIGHT = 60
STEP = 20
# What is hidden is drawn as a stub, whatever it is.
STUB = 6


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int
    is_hidden: bool


def bars_of(values: Sequence[int | None], *, top: int = 0) -> list[Bar]:
    """One bar a value; None is a stub. `top` is the full height, else the largest."""
    full = top or max((value or 0 for value in values), default=0) or 1
    bars = []
    for place, value in enumerate(values):
        height = STUB if value is None else max(1, round(value * HEIGHT / full))
        bars.append(Bar(place * STEP + 3, HEIGHT - height, height, value is None))
    return bars


def bars_of_cells(cells: Sequence[Cell]) -> list[Bar]:
    return bars_of([cell.value if cell.kind == "exact" else None for cell in cells])
