from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.index import Candidate
from jobs.screening.rules.negation import NegatedPassage, Negation, Strength
from jobs.screening.rules.patterns import Pattern
from jobs.screening.rules.text import DROPPED, Passage, normalise


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the original text of one field."""

    field: str
    start: int
    end: int
    excerpt: str


class Document:
    """All texts of one advert, normalised together, one field per segment."""

    def __init__(self, advert: Advert, negation: Negation) -> None:
        fields = [(name, text) for name, text in advert.text_fields() if text]
        self._names = [name for name, _ in fields]
        self._starts: list[int] = []
        position = 0
        for _, text in fields:
            self._starts.append(position)
            position += len(text) + 1
        self._negation = negation
        self.passage = normalise("\n".join(text for _, text in fields))
        # The text begins with the title.
        self.title = self.passage.mapped[: len(advert.title)].replace(DROPPED, "")
        self._strengths: dict[tuple[int, int, bool, bool], Strength | None] = {}
        self._stretches: dict[tuple[int, int, int], bool] = {}

    @cached_property
    def _english(self) -> Passage:
        return replace(self.passage, latin=True)

    @cached_property
    def _negated(self) -> NegatedPassage:
        return self._negation.prepare(self.passage)

    @cached_property
    def _negated_english(self) -> NegatedPassage:
        return self._negation.prepare(self._english)

    def sentence(
        self, start: int, end: int, *, is_english: bool = False
    ) -> tuple[int, int]:
        passage = self._english if is_english else self.passage
        return passage.sentence(start, end)

    def negation_of(
        self, start: int, end: int, *, is_english: bool = False, weak: bool = True
    ) -> Strength | None:
        key = start, end, is_english, weak
        if key not in self._strengths:
            # Several phrases often name the same place.
            prepared = self._negated_english if is_english else self._negated
            self._strengths[key] = self._negation.of(prepared, start, end, weak=weak)
        return self._strengths[key]

    def field_at(self, index: int) -> str:
        return self._names[bisect_right(self._starts, self.passage.offsets[index]) - 1]

    def span(self, start: int, end: int) -> Span:
        raw_start, raw_end = self.passage.raw_span(start, end)
        segment = bisect_right(self._starts, raw_start) - 1
        base = self._starts[segment]
        return Span(
            self._names[segment],
            raw_start - base,
            raw_end - base,
            self.passage.raw[raw_start:raw_end],
        )

    def holds(self, phrases: Sequence[Pattern], left: int, right: int) -> bool:
        """Whether one of these phrases occurs in a stretch; each is read only once."""
        if not phrases:
            return False
        key = id(phrases), left, right
        known = self._stretches.get(key)
        if known is None:
            stretch = self.passage.text[left:right]
            known = any(phrase.regex.search(stretch) for phrase in phrases)
            self._stretches[key] = known
        return known

    def holds_anywhere(self, phrases: Sequence[Pattern]) -> bool:
        return self.holds(phrases, 0, len(self.passage.text))

    def stands(self, candidate: Candidate) -> bool:
        """Whether the pattern occurs somewhere without being negated."""
        is_english = candidate.pattern.is_english
        return any(
            self.negation_of(*match.span(), is_english=is_english) is None
            for match in candidate.matches()
        )
