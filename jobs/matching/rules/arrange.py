"""The order of the first page, once the scores are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.matching.rules.ranking import Match

# So many of the best are looked at together.
ARRANGED = 30


def arrange(matches: Sequence[Match]) -> list[Match]:
    """The same matches in the order they are shown in."""
    return list(matches)
