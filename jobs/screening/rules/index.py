from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from jobs.screening.rules.patterns import Pattern

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
        self._by_anchor: dict[str, list[_Slot[Owner]]] = {}
        for order, (owner, pattern) in enumerate(entries):
            slot = _Slot(order, owner, pattern)
            for anchor in pattern.anchors:
                self._by_anchor.setdefault(anchor, []).append(slot)
        self._by_head: dict[str, list[str]] = {}
        for anchor in self._by_anchor:
            self._by_head.setdefault(anchor[:2], []).append(anchor)

    def candidates(self, text: str) -> Iterator[tuple[Owner, Pattern]]:
        """The owners and patterns that may match, in catalogue order."""
        slots: dict[int, _Slot[Owner]] = {}
        for anchor in self._present(text):
            for slot in self._by_anchor[anchor]:
                slots[slot.order] = slot
        for order in sorted(slots):
            yield slots[order].owner, slots[order].pattern

    def _present(self, text: str) -> list[str]:
        heads = {text[i : i + 2] for i in range(len(text))}
        heads.update(text)
        return [
            anchor
            for head in heads & self._by_head.keys()
            for anchor in self._by_head[head]
            if anchor in text
        ]
