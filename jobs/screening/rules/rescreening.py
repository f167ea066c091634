"""What a new catalogue means for postings that are already here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Effect = Literal["blocked", "review", "cleared", "other"]

# More than this is taken down only after a person has read what and why.
MOST_UNREAD = 50
MOST_UNREAD_PERCENT = 2
_RANK = {"": 0, "ok": 0, "review": 1, "block": 2}


@dataclass(frozen=True, slots=True)
class Difference:
    """How the outcome of one posting changes; the rules are sorted."""

    effect: Effect
    added: tuple[str, ...]
    removed: tuple[str, ...]


def difference(
    before: str, after: str, rules_before: Iterable[str], rules_after: Iterable[str]
) -> Difference | None:
    """None where nothing changes: neither the decision nor a rule."""
    old, new = frozenset(rules_before), frozenset(rules_after)
    if (before or "ok") == after and old == new:
        return None
    return Difference(
        _effect(before, after), tuple(sorted(new - old)), tuple(sorted(old - new))
    )


def _effect(before: str, after: str) -> Effect:
    change = _RANK[after] - _RANK[before]
    if change > 0:
        return "blocked" if after == "block" else "review"
    return "cleared" if change < 0 else "other"


def may_apply_unread(*, newly_blocked: int, live: int) -> bool:
    """Whether so few would close that nobody has to read it first."""
    return (
        newly_blocked <= MOST_UNREAD
        and newly_blocked * 100 <= live * MOST_UNREAD_PERCENT
    )
