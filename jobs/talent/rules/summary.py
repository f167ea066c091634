"""What several cards say together: how many, and how far apart. No total, no rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# From two steps apart on, people saw different things: worth a talk.
FAR_APART = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion over all cards: the marks in order, without whose they are."""

    criterion: str
    marks: tuple[int, ...]
    unseen: int

    @property
    def n(self) -> int:
        return len(self.marks)

    @property
    def low(self) -> int | None:
        return self.marks[0] if self.marks else None

    @property
    def high(self) -> int | None:
        return self.marks[-1] if self.marks else None

    @property
    def is_far_apart(self) -> bool:
        return self.n > 1 and self.marks[-1] - self.marks[0] >= FAR_APART


def summary(
    criteria: Sequence[str], cards: Iterable[Mapping[str, int | None]]
) -> list[Line]:
    """In the order of the criteria; None is a criterion that did not come up."""
    told = list(cards)
    lines = []
    for code in criteria:
        given = [card[code] for card in told if code in card]
        marks = sorted(mark for mark in given if mark is not None)
        lines.append(Line(code, tuple(marks), len(given) - len(marks)))
    return lines
