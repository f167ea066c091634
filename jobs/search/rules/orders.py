"""In what order results come, and the place in it where a page begins.

Every order is a triple of numbers, highest first, the posting's own number last: no two
postings share one. A place is that triple as text, with the order it belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Key = tuple[int, int, int]

# Relevance where few postings match: words in the title, rarer ones more.
SCORED = "s"
# Relevance of common words: first those with every word in the title, then the others.
TIERED = "t"
NEWEST = "n"
PAY = "p"
NEAREST = "d"
_BY_SORT = {"newest": NEWEST, "pay": PAY, "nearest": NEAREST}
_PLACE = re.compile(
    r"([stnpd])\.((?:\d{1,2}-)*)\.(-?\d{1,18})\.(-?\d{1,18})\.(\d{1,18})"
)


@dataclass(frozen=True, slots=True)
class Place:
    """`weights` are those the scores were made with: they may change meanwhile."""

    order: str
    key: Key
    weights: tuple[int, ...] = ()

    def __str__(self) -> str:
        weights = "".join(f"{weight}-" for weight in self.weights)
        return f"{self.order}.{weights}.{'.'.join(map(str, self.key))}"


def place_from(text: str, *, sort: str, groups: int) -> Place | None:
    """None for what does not belong to this search: then it begins at the start."""
    found = _PLACE.fullmatch(text[:200]) if text.isascii() else None
    if found is None:
        return None
    order, weights = found[1], tuple(map(int, found[2].split("-")[:-1]))
    fits = order == _BY_SORT[sort] if sort in _BY_SORT else order in {SCORED, TIERED}
    if not fits or (order == SCORED and len(weights) != groups):
        return None
    return Place(order, (int(found[3]), int(found[4]), int(found[5])), weights)


def order_of(sort: str, *, few: bool) -> str:
    return _BY_SORT.get(sort) or (SCORED if few else TIERED)
