"""What somebody wants to see on the desk: the filters, as they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Sort(StrEnum):
    """Unanswered first is the promise's order; within each, the longest wait."""

    UNANSWERED = "unanswered"
    LONGEST = "longest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Wanted:
    posting: UUID | None = None
    stage: str = ""
    city: str = ""
    # Unanswered for at least so many days.
    waited: int = 0
    unanswered: bool = False
    mine: bool = False
    talk: str = ""
    source: str = ""
    q: str = ""
    sort: Sort = Sort.UNANSWERED
