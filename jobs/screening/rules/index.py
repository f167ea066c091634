from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from re import Match
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from jobs.screening.rules.patterns import Pattern

Owner = TypeVar("Owner")
# Where each word, by its number, begins in a text.
_Places = Mapping[int, list[int]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pattern all of whose words a text holds: it may match, and only here."""

    pattern: Pattern
    text: str
    first: frozenset[int]
    places: _Places

    def matches(self) -> Iterator[Match[str]]:
        """What `finditer` finds, trying only the places where a match can begin."""
        lead = self.pattern.lead
        if lead is None:
            return self.pattern.regex.finditer(self.text)
        found = [self.places[word] for word in self.places.keys() & self.first]
        if len(found) == 1 and lead.stop == 1:
            return self._at(found[0])
        if lead.stop == 1:
            return self._at(sorted(chain.from_iterable(found)))
        starts = {at - before for at in chain.from_iterable(found) for before in lead}
        return self._at(sorted(starts))

    def _at(self, starts: Iterable[int]) -> Iterator[Match[str]]:
        match_at, text = self.pattern.regex.match, self.text
        position = 0
        for start in starts:
            if start >= position:
                match = match_at(text, start)
                if match is None:
                    position = start + 1
                else:
                    position = match.end()
                    yield match


class PatternIndex(Generic[Owner]):
    """Finds which of many patterns may match, in one walk through a text.

    An automaton finds every word of every pattern; a regular expression is asked only
    where all its words occur, and only at the places where it can begin. This is what
    makes a catalogue of thousands of phrases affordable.
    """

    def __init__(self, entries: Iterable[tuple[Owner, Pattern]]) -> None:
        entries = list(entries)
        numbers: dict[str, int] = {}
        for _, pattern in entries:
            for word in chain.from_iterable(pattern.words):
                numbers.setdefault(word, len(numbers))
        self._automaton = AhoCorasick(
            numbers, implementation=Implementation.ContiguousNFA
        )
        self._entries = [
            (owner, pattern, frozenset(numbers[word] for word in pattern.words[0]))
            for owner, pattern in entries
        ]
        self._fill_masks([pattern for _, pattern in entries], numbers)

    def _fill_masks(self, patterns: list[Pattern], numbers: Mapping[str, int]) -> None:
        """One bit for each set of words of each pattern, the first sets lowest.

        A word's mask has the bits of the sets that it is in; where a pattern has fewer
        sets than others, the bits left over are always set.
        """
        self._masks = [0] * len(numbers)
        self._always = 0
        self._layers = max((len(pattern.words) for pattern in patterns), default=0)
        for order, pattern in enumerate(patterns):
            for layer in range(self._layers):
                bit = 1 << (layer * len(patterns) + order)
                if layer >= len(pattern.words):
                    self._always |= bit
                    continue
                for word in pattern.words[layer]:
                    self._masks[numbers[word]] |= bit

    def candidates(self, text: str) -> Iterator[tuple[Owner, Candidate]]:
        """The patterns that may match, in catalogue order."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for word, start, _ in found:
            places[word].append(start)
        present = self._complete(places)
        while present:
            lowest = present & -present
            present ^= lowest
            owner, pattern, first = self._entries[lowest.bit_length() - 1]
            yield owner, Candidate(pattern, text, first, places)

    def _complete(self, words: Iterable[int]) -> int:
        """The bits of the patterns of which each set has one of these words."""
        present = reduce(or_, map(self._masks.__getitem__, words), self._always)
        size = len(self._entries)
        complete = (1 << size) - 1
        for layer in range(self._layers):
            complete &= present >> layer * size
        return complete
