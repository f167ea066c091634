"""Where the words of a search stand in a title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from jobs.search.rules.understanding.vocabulary import fold


def marked(title: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The title in parts, each with whether it is one of the words."""
    folded = fold(title)
    hit = bytearray(len(title))
    for word in words:
        start = folded.find(word)
        while word and start >= 0:
            hit[start : start + len(word)] = b"\1" * len(word)
            start = folded.find(word, start + len(word))
    if not any(hit):
        return [(title, False)] if title else []
    parts: list[tuple[str, bool]] = []
    start = 0
    for is_hit, run in groupby(hit):
        size = len(list(run))
        parts.append((title[start : start + size], bool(is_hit)))
        start += size
    return parts
