from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from jobs.screening.rules.patterns import Pattern
from jobs.screening.rules.text import Passage

Owner = TypeVar("Owner")


@dataclass(frozen=True)
class _Slot(Generic[Owner]):
    order: int
    owner: Owner
    pattern: Pattern


class PatternIndex(Generic[Owner]):
    """Finds which of many patterns match, asking only those whose anchor occurs.

    A regular expression costs some microseconds, a substring test a fraction of one:
    this is what makes a catalogue of hundreds of phrases affordable. Anchors are found
    by their first two characters, so that the thousands that cannot occur cost nothing.
    """

    def __init__(self, entries: Iterable[tuple[Owner, Pattern]]) -> None:
        entries = list(entries)
        self._by_anchor: dict[str, list[_Slot[Owner]]] = {}
        for order, (owner, pattern) in enumerate(entries):
            slot = _Slot(order, owner, pattern)
            for anchor in pattern.anchors:
                self._by_anchor.setdefault(anchor, []).append(slot)
        self._by_head: dict[str, list[str]] = {}
        words = dict.fromkeys(self._by_anchor)
        for _, pattern in entries:
            for others in pattern.others:
                words.update(dict.fromkeys(others))
        for anchor in words:
            self._by_head.setdefault(anchor[:2], []).append(anchor)

    def candidates(self, passage: Passage) -> Iterator[tuple[Owner, Pattern]]:
        """The owners and patterns that may match, in catalogue order."""
        present = self._present(passage)
        slots: dict[int, _Slot[Owner]] = {}
        for word in present:
            for slot in self._by_anchor.get(word, ()):
                slots[slot.order] = slot
        for order in sorted(slots):
            slot = slots[order]
            if not any(map(present.isdisjoint, slot.pattern.others)):
                yield slot.owner, slot.pattern

    def _present(self, passage: Passage) -> frozenset[str]:
        return frozenset(
            word
            for head in passage.heads & self._by_head.keys()
            for word in self._by_head[head]
            # A word of one or two characters is its own head.
            if len(word) < 3 or word in passage.text
        )
