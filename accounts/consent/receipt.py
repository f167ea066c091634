"""What somebody who left can read about it afterwards: nothing in it names them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.consent.descriptions import remainder_of
from accounts.consent.enums import DeletionState
from accounts.consent.models import AccountDeletion


@dataclass(frozen=True, slots=True)
class KeptLine:
    title: str
    why: str
    how_long: str
    count: int


@dataclass(frozen=True, slots=True)
class Receipt:
    number: str
    state: DeletionState
    requested_at: datetime
    due_at: datetime
    ended_at: datetime | None
    kept: list[KeptLine]


def receipt_of(deletion: AccountDeletion) -> Receipt:
    return Receipt(
        number=str(deletion.public_id)[:8].upper(),
        state=DeletionState(deletion.state),
        requested_at=deletion.requested_at,
        due_at=deletion.due_at,
        ended_at=deletion.ended_at,
        kept=kept_lines(deletion.kept),
    )


def kept_lines(kept: list[list[object]]) -> list[KeptLine]:
    """In today's words and the reader's language."""
    lines = []
    for code, number in kept:
        one = remainder_of(str(code))
        if one is not None:
            words = str(one.title), str(one.why), str(one.how_long)
            lines.append(KeptLine(*words, count=int(str(number))))
    return lines
