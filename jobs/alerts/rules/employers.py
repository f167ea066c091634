from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# As in matching: a shorter name says too little to compare.
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Hidden:
    """Employers somebody does not want to meet, by code and by name."""

    uscc: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def is_hidden(hidden: Hidden, uscc: str | None, names: Iterable[str | None]) -> bool:
    if uscc and uscc in hidden.uscc:
        return True
    return any(
        len(name) >= _SHORTEST_NAME and (out in name or name in out)
        for name in (name.strip() for name in names if name)
        for out in hidden.names
    )
