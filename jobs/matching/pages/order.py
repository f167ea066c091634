"""Where the order comes from: the weights of the score in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from jobs.matching.rules.score import WEIGHTS
from jobs.matching.texts import ABOUT_ITEMS, ITEMS


@dataclass(frozen=True, slots=True)
class Weight:
    text: str
    about: str
    points: int


def weights() -> list[Weight]:
    """The heaviest first; equal ones in the order of the score."""
    ranked = sorted(WEIGHTS.items(), key=lambda pair: -pair[1])
    return [
        Weight(str(ITEMS[name]), str(ABOUT_ITEMS[name]), round(points))
        for name, points in ranked
    ]
