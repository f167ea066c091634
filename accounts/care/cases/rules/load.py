"""How much somebody carries, and how much more they may (wellbeing reference E5)."""

from __future__ import annotations

CAP = 25
# Somebody in danger takes the strength of three.
RED_COUNTS = 3


def load_of(*, cases: int, red: int) -> int:
    """`red` of the `cases` have an open RED flag."""
    return cases + (RED_COUNTS - 1) * red


def has_room(*, load: int, cap: int, is_red: bool = False) -> bool:
    return load + load_of(cases=1, red=int(is_red)) <= cap
