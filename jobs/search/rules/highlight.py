"""Where the words of a search stand in a title."""

from __future__ import annotations

from collections.abc import Sequence

from jobs.search.rules.understanding.vocabulary import fold


def marked(title: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The title in parts, each with whether it is one of the words."""
    folded = fold(title)
    hit = [False] * len(title)
    for word in words:
        start = folded.find(word)
        while word and start >= 0:
            hit[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + len(word))
    parts: list[tuple[str, bool]] = []
    for char, is_hit in zip(title, hit, strict=True):
        if parts and parts[-1][1] == is_hit:
            parts[-1] = (parts[-1][0] + char, is_hit)
        else:
            parts.append((char, is_hit))
    return parts
