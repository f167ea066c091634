"""Marks that a reader's own doings set on postings: filled by higher apps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jobs.postings.cards import Mark

# (the reader, keys of postings) to the marks of those that have one.
Marker = Callable[[Any, Sequence[int]], Mapping[int, Mark]]
_markers: list[Marker] = []


def mark_postings(marker: Marker) -> None:
    if marker not in _markers:
        _markers.append(marker)


def marks_for(user: Any, postings: Sequence[int]) -> dict[int, list[Mark]]:
    """One query a marker for somebody who is signed in, none otherwise."""
    found: dict[int, list[Mark]] = {}
    if not user.is_authenticated or not postings:
        return found
    for marker in _markers:
        for key, mark in marker(user, postings).items():
            found.setdefault(key, []).append(mark)
    return found
