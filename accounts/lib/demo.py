"""Who adds to the demo from a part that `jobs` knows nothing of: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Filler = Callable[[datetime], None]

_fillers: dict[str, Filler] = {}


def add_to_demo(name: str, filler: Filler) -> None:
    """`filler(now)` runs once everybody else of the demo is there, in its transaction."""
    _fillers[name] = filler


def fill(now: datetime) -> None:
    for name in sorted(_fillers):
        _fillers[name](now)
