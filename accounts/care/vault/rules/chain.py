"""The access log as a chain: each line holds a hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_of(previous: str, parts: Iterable[object]) -> str:
    told = "\x1f".join([previous, *("" if one is None else str(one) for one in parts)])
    return hashlib.sha256(told.encode()).hexdigest()


def first_break(
    rows: Iterable[tuple[str, str, tuple[object, ...]]], *, before: str = ""
) -> int | None:
    """The index of the first (previous, digest, parts) that does not follow; None if all do.

    `before`: the hash of the line that stood before the first one, where that was
    deleted when its time was over.
    """
    for index, (previous, digest, parts) in enumerate(rows):
        if previous != before or digest != digest_of(previous, parts):
            return index
        before = digest
    return None
