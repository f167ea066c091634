"""What silence costs: an employer promised to answer within 14 days (b16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(days=60)
BREACHES_THAT_PAUSE_ALL = 3
# How often one posting opens again on the employer's word within the window.
CONFIRMATIONS = 2


class Pause(StrEnum):
    NOTHING = "nothing"
    POSTING = "posting"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Breach:
    """An application to this posting ended without an answer."""

    posting: int
    at: datetime


def counted(
    breaches: Iterable[Breach],
    *,
    since: datetime | None,
    forgiven: Mapping[int, datetime],
    now: datetime,
) -> list[Breach]:
    """Those of the window that still count.

    `since` is when the last pause of everything ended: it has been paid for. `forgiven`
    says until when silence on a posting was excused, because an objection was granted.
    """
    return [
        breach
        for breach in breaches
        if breach.at > now - WINDOW
        and (since is None or breach.at > since)
        and (breach.posting not in forgiven or breach.at > forgiven[breach.posting])
    ]


def pause_for(
    breaches: int, *, is_all_paused: bool, is_posting_paused: bool, can_reopen: bool
) -> Pause:
    """`breaches` counts the one that just happened; `can_reopen` is about its posting."""
    if is_all_paused:
        return Pause.NOTHING
    if breaches >= BREACHES_THAT_PAUSE_ALL:
        return Pause.ALL
    if is_posting_paused or not can_reopen:
        return Pause.NOTHING
    return Pause.POSTING


def may_confirm(confirmed: Iterable[datetime], *, now: datetime) -> bool:
    """Whether the employer's word opens this posting once more."""
    return sum(at > now - WINDOW for at in confirmed) < CONFIRMATIONS
