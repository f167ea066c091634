"""Scores as the instruments define them; the browser's copy is static/js/checkin/score.js.

Both are held to the same cases (tests/accounts/wellbeing/instruments/cases.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    # Points of its answers, in the order in which they stand.
    values: tuple[int, ...]
    is_reverse: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """What a score needs to know of a form."""

    items: tuple[Item, ...]
    # "mean": of the answers given; "sum": missing ones filled with the mean.
    method: str
    fewest: int = 0
    most_missing: int = 0
    # Items whose answer is never guessed.
    never_missing: frozenset[str] = field(default_factory=frozenset)
    times: int = 1


def score(scale: Scale, answers: Mapping[str, int | None]) -> int | None:
    """`answers` are places among an item's answers, None or absent where skipped.

    None where the instrument's rule gives no score. Raises ValueError for an answer
    that the form has not.
    """
    points = [_points(item, answers.get(item.id)) for item in scale.items]
    given = [point for point in points if point is not None]
    missing = len(points) - len(given)
    if any(answers.get(one) is None for one in scale.never_missing):
        return None
    if scale.method == "mean":
        return rounded(sum(given), len(given)) if len(given) >= scale.fewest else None
    if missing > scale.most_missing or not given:
        return None
    return rounded(sum(given) * len(points), len(given)) * scale.times


def _points(item: Item, place: int | None) -> int | None:
    if place is None:
        return None
    if not 0 <= place < len(item.values):
        raise ValueError(f"{item.id} has no answer {place}")
    value = item.values[place]
    return max(item.values) - value if item.is_reverse else value


def rounded(total: int, count: int) -> int:
    """Halves go up, as people round."""
    share = Decimal(total) / Decimal(count)
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def change(old: int, new: int, *, least: int) -> str:
    """Inside the band one time or another says nothing."""
    if abs(new - old) < least:
        return "same"
    return "more" if new > old else "less"
