from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import attrgetter, or_
from re import Match
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from jobs.screening.rules.patterns import Pattern

Owner = TypeVar("Owner")
# Where each word, by its number, begins in a text.
_Places = Mapping[int, list[int]]


@dataclass(slots=True)
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
        if lead.stop > 1:
            places = chain.from_iterable(found)
            return self._at(sorted({at - before for at in places for before in lead}))
        if len(found) == 1:
            return self._at(found[0])
        return self._at(sorted(chain.from_iterable(found)))

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


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Owner]):
    order: int
    owner: Owner
    pattern: Pattern
    # The numbers of the pattern's first words.
    first: frozenset[int]


class PatternIndex(Generic[Owner]):
    """Finds which of many patterns may match, in one walk through a text.

    An automaton finds every word of every pattern; a regular expression is asked only
    where all its words occur, and only at the places where it can begin. This is what
    makes a catalogue of thousands of phrases affordable.
    """

    def __init__(self, entries: Iterable[tuple[Owner, Pattern]]) -> None:
        numbers: dict[str, int] = {}
        self._entries: list[_Entry[Owner]] = []
        for order, (owner, pattern) in enumerate(entries):
            for word in chain.from_iterable(pattern.words):
                numbers.setdefault(word, len(numbers))
            first = frozenset(numbers[word] for word in pattern.words[0])
            self._entries.append(_Entry(order, owner, pattern, first))
        self._automaton = AhoCorasick(
            numbers, implementation=Implementation.ContiguousNFA
        )
        # Most sets of words first: the patterns of a layer are the first few entries.
        self._entries.sort(key=lambda entry: -len(entry.pattern.words))
        self._masks = [0] * len(numbers)
        self._layers = list(self._fill_masks(numbers))

    def _fill_masks(self, numbers: Mapping[str, int]) -> Iterator[tuple[int, int]]:
        """Give each set of words of each pattern one bit, a layer to all first sets,
        then one to all second sets. A word's mask has the bits of the sets it is in.

        Yields of each layer its lowest bit, and the bits of the entries not in it.
        """
        lowest = 0
        for layer in range(len(self._entries[0].pattern.words) if self._entries else 0):
            inside = sum(layer < len(entry.pattern.words) for entry in self._entries)
            for place, entry in enumerate(self._entries[:inside]):
                for word in entry.pattern.words[layer]:
                    self._masks[numbers[word]] |= 1 << (lowest + place)
            yield lowest, (1 << len(self._entries)) - (1 << inside)
            lowest += inside

    def candidates(self, text: str) -> list[tuple[Owner, Candidate]]:
        """The patterns that may match, in the order they were given."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for word, start, _ in found:
            places[word].append(start)
        return [
            (entry.owner, Candidate(entry.pattern, text, entry.first, places))
            for entry in sorted(self._complete(places), key=attrgetter("order"))
        ]

    def _complete(self, words: Iterable[int]) -> Iterator[_Entry[Owner]]:
        """The entries of which each set holds one of these words."""
        present = reduce(or_, map(self._masks.__getitem__, words), 0)
        complete = (1 << len(self._entries)) - 1
        for lowest, left_out in self._layers:
            complete &= present >> lowest | left_out
        while complete:
            bit = complete & -complete
            complete ^= bit
            yield self._entries[bit.bit_length() - 1]
