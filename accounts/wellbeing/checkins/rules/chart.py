"""A line of scores with the band inside which two of them say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT, EDGE = 300, 100, 4


@dataclass(frozen=True, slots=True)
class Chart:
    line: str
    dots: tuple[tuple[float, float], ...]
    # Top and height of the band around the last score; None where no band is known.
    band: tuple[float, float] | None


def draw(
    rows: Sequence[tuple[datetime, int]], *, most: int, least_change: int
) -> Chart | None:
    """Oldest first; one point is no line."""
    if len(rows) < 2:
        return None
    first, last = rows[0][0], rows[-1][0]
    span = (last - first).total_seconds() or 1.0
    dots = tuple(
        (
            round(EDGE + (WIDTH - 2 * EDGE) * (at - first).total_seconds() / span, 1),
            _height(score, most),
        )
        for at, score in rows
    )
    return Chart(
        line=" ".join(f"{x},{y}" for x, y in dots),
        dots=dots,
        band=_band(rows[-1][1], most, least_change) if least_change else None,
    )


def _band(score: int, most: int, least: int) -> tuple[float, float]:
    # `least` points apart is a change already: the band ends just before.
    top = _height(min(most, score + least - 1), most)
    bottom = _height(max(0, score - least + 1), most)
    return top, round(bottom - top, 1)


def _height(score: int, most: int) -> float:
    return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * score / most, 1)
