from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from jobs.screening.rules.patterns import Pattern
from jobs.screening.rules.text import Passage

Owner = TypeVar("Owner")
# Passage.grams holds what a text says in pieces of up to so many characters.
_GRAM = 3


@dataclass(frozen=True)
class _Slot(Generic[Owner]):
    order: int
    owner: Owner
    pattern: Pattern
    # The beginnings of the pattern's other words, one set per word of the phrase.
    others: tuple[frozenset[str], ...]


class PatternIndex(Generic[Owner]):
    """Finds which of many patterns match, asking only those whose anchor occurs.

    A regular expression costs some microseconds, a substring test a fraction of one:
    this is what makes a catalogue of hundreds of phrases affordable. Anchors are found
    by their beginning, so that the thousands that cannot occur cost nothing.
    """

    def __init__(self, entries: Iterable[tuple[Owner, Pattern]]) -> None:
        entries = list(entries)
        self._by_anchor: dict[str, list[_Slot[Owner]]] = {}
        for order, (owner, pattern) in enumerate(entries):
            others = tuple(
                frozenset(word[:_GRAM] for word in words) for words in pattern.others
            )
            slot = _Slot(order, owner, pattern, others)
            for anchor in pattern.anchors:
                self._by_anchor.setdefault(anchor, []).append(slot)
        self._by_gram: dict[str, list[str]] = {}
        for anchor in self._by_anchor:
            self._by_gram.setdefault(anchor[:_GRAM], []).append(anchor)

    def candidates(self, passage: Passage) -> Iterator[tuple[Owner, Pattern]]:
        """The owners and patterns that may match, in catalogue order."""
        slots: dict[int, _Slot[Owner]] = {}
        for word in self._present(passage):
            for slot in self._by_anchor[word]:
                slots[slot.order] = slot
        for order in sorted(slots):
            slot = slots[order]
            if not any(map(passage.grams.isdisjoint, slot.others)):
                yield slot.owner, slot.pattern

    def _present(self, passage: Passage) -> Iterator[str]:
        return (
            word
            for gram in passage.grams.intersection(self._by_gram)
            for word in self._by_gram[gram]
            # A short word is its own gram.
            if len(word) <= _GRAM or word in passage.text
        )
