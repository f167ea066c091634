from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

from jobs.screening.rules.text import Passage

_WEAK_REACH = 24
_WEAK_LIST_REACH = 70
_ASSERTION_REACH = 60
_HEADING_REACH = 240
_ENGLISH_REACH = 90
_POST_REACH = 40
_POST_TAIL_REACH = 30
_LIST_ENDS = ("等", "行为", "情形")
_PARAGRAPH = re.compile("。|\n\n")
_NEGATING_CHARACTERS = frozenset("不未非没无免勿零")
# "不诱导借新还旧", "不承诺保录", but not "不停骚扰" or "不怕苦".
_NEGATED_VERB = re.compile(
    "(?<![得管论])不(?![排介反拒拘禁避抵停断限管论怕但仅光只时定同错少够还签交缴买达满明良法择接回久足])"
    "[一-鿿]{1,2}(?:客户|债务人|借款人|用户|员工|求职者|他人|任何人)?$"
)
_STRONG_HALVES = frozenset({"不得", "不许", "不准"})
_LIST_MARKS = re.compile(r"[、和与或及/]")
# "严禁以下行为:1、…;2、…" carries its negation into the numbered items.
_HEADING = re.compile(
    r"(?:严禁|禁止|不得|杜绝|红线|禁令|负面清单|违规)"
    r"[^。!?;\n,]{0,12}(?:以下|下列|如下|行为|情形|事项|清单|红线|禁令)?[^。!?;\n,]{0,6}:"
)

_FORBIDDING = re.compile("严禁|禁止|不得|不准|不许|杜绝|绝不|切勿")


class Strength(Enum):
    """How a hit is negated; a strong one counts as an explicit prohibition."""

    WEAK = auto()
    STRONG = auto()


def _words(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


class _Event(NamedTuple):
    kind: str
    start: int
    end: int


_Scan = Callable[[Passage, int, int], list[_Event]]


@dataclass(frozen=True)
class _Sentence:
    """A sentence's events in order; `standing[i]` is the strong negator in force
    after event i."""

    events: Sequence[_Event]
    starts: Sequence[int]
    standing: Sequence[_Event | None]


def _sentence_of(events: Sequence[_Event]) -> _Sentence:
    standing: list[_Event | None] = []
    last: _Event | None = None
    for event in events:
        if event.kind == "reset":
            last = None
        elif event.kind == "strong":
            last = event
        standing.append(last)
    return _Sentence(events, [event.start for event in events], standing)


class NegatedPassage:
    """A passage whose negating and resetting words are found sentence by sentence."""

    def __init__(self, passage: Passage, scan: _Scan) -> None:
        self.passage = passage
        self._scan = scan
        self._sentences: dict[int, _Sentence] = {}
        self._headings: dict[int, list[_Event]] = {}
        self._heading_ends = [match.end() for match in _HEADING.finditer(passage.text)]

    def _sentence(self, start: int) -> _Sentence:
        left, right = self.passage.sentence(start, start)
        if left not in self._sentences:
            self._sentences[left] = _sentence_of(self._scan(self.passage, left, right))
        return self._sentences[left]

    def before(self, left: int, start: int) -> Sequence[_Event]:
        """The events wholly between two places of one sentence."""
        sentence = self._sentence(start)
        first = bisect_left(sentence.starts, left)
        last = bisect_left(sentence.starts, start)
        return [
            event
            for event in sentence.events[first:last]
            if event.end <= start and event.kind != "pseudo"
        ]

    def under_heading(self, start: int) -> bool:
        """Whether a heading's negation reaches a place; a resetting word ends it."""
        nearest = bisect_right(self._heading_ends, start) - 1
        if nearest < 0:
            return False
        left = self._heading_ends[nearest]
        if start - left > _HEADING_REACH or _PARAGRAPH.search(
            self.passage.text, left, start
        ):
            return False
        return all(event.kind != "reset" for event in self._after_heading(left, start))

    def _after_heading(self, left: int, start: int) -> Iterator[_Event]:
        """The events between a heading and a place; each heading is read only once."""
        if left not in self._headings:
            right = min(left + _HEADING_REACH, len(self.passage.text))
            self._headings[left] = self._scan(self.passage, left, right)
        for event in self._headings[left]:
            if event.end <= start:
                yield event
            elif event.start < start:
                # A word that the place cuts through may hold a shorter one.
                yield from self._scan(self.passage, event.start, start)

    def standing_strong(self, start: int) -> _Event | None:
        """The strong negator that reaches a place of its sentence, if any does."""
        sentence = self._sentence(start)
        index = bisect_left(sentence.starts, start) - 1
        while index >= 0 and sentence.events[index].end > start:
            event = sentence.events[index]
            half = self.passage.text[event.start : start]
            if event.kind == "pseudo" and half in _STRONG_HALVES:
                # "不得不择手段": the second half belongs to the hit.
                return _Event("strong", event.start, start)
            index -= 1
        return sentence.standing[index] if index >= 0 else None


class Negation:
    """Decides whether words around a hit turn it into its opposite."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        resets = _words([*data["reset"], *data["reset_at_start"]])
        self._events = re.compile(
            f"(?P<pseudo>{_words(data['pseudo'])})"
            f"|(?P<strong>{_words(data['strong'])})"
            f"|(?P<reset>{resets})"
            f"|(?P<weak>{_words(data['weak'])})"
        )
        self._reset_anywhere = frozenset(data["reset"])
        self._post = re.compile(_words(data["post"]))
        self._assertive = re.compile(_words(data["assertive"]))
        english = data["english"]
        self._english = re.compile(
            rf"\b(?:(?P<pseudo>{_words(english['pseudo'])})"
            rf"|(?P<strong>{_words(english['before'])})"
            rf"|(?P<reset>{_words(english['reset'])}))\b"
        )
        self._english_post = re.compile(rf"\b(?:{_words(english['after'])})\b")

    def prepare(self, passage: Passage) -> NegatedPassage:
        return NegatedPassage(passage, self._scan)

    def _scan(self, passage: Passage, left: int, right: int) -> list[_Event]:
        pattern = self._english if passage.latin else self._events
        return [
            _Event(str(match.lastgroup), match.start(), match.end())
            for match in pattern.finditer(passage.text, left, right)
            if self._holds(passage, match)
        ]

    def _holds(self, passage: Passage, match: re.Match[str]) -> bool:
        """Whether a reset word stands where it resets."""
        if match.lastgroup != "reset" or passage.latin:
            return True
        start = match.start()
        if match[0] in self._reset_anywhere:
            # "严禁私下收费": what is forbidden is the doing it in private.
            return not _FORBIDDING.search(passage.text, max(0, start - 2), start)
        return (
            start == 0
            or passage.text[start - 1] in ",:;。!?\n、)且并也"
            or passage.has_gap_before(start)
        )

    def of(
        self, prepared: NegatedPassage, start: int, end: int, *, weak: bool = True
    ) -> Strength | None:
        """How the hit at [start, end) is negated; None when it stands."""
        if prepared.passage.latin:
            return self._of_english(prepared, start, end)
        left, right = prepared.passage.sentence(start, end)
        if self._strongly(prepared, left, start, end, right):
            return Strength.STRONG
        if prepared.under_heading(start):
            return Strength.STRONG
        if self._afterwards(prepared.passage, end, right):
            return Strength.STRONG
        if weak and self._weakly(prepared, left, start):
            return Strength.WEAK
        return None

    def _strongly(
        self, prepared: NegatedPassage, left: int, start: int, end: int, right: int
    ) -> bool:
        passage = prepared.passage
        standing = prepared.standing_strong(start)
        if standing is None:
            return False
        if passage.comma_from(standing.end) >= start:
            return True
        clause_left, clause_right = passage.clause(start, end, within=(left, right))
        clause = passage.text[
            max(clause_left, start - _ASSERTION_REACH) : min(
                clause_right, end + _ASSERTION_REACH
            )
        ]
        return not self._assertive.search(clause)

    def _afterwards(self, passage: Passage, end: int, right: int) -> bool:
        text = passage.text
        comma = passage.comma_from(end)
        if self._post.search(text, end, min(comma, right, end + _POST_REACH)):
            return True
        # "爆通讯录等行为,一经发现立即开除" spreads over one comma.
        if comma < right and text.endswith(_LIST_ENDS, end, comma):
            tail = min(right, comma + 1 + _POST_TAIL_REACH)
            return self._post.search(text, comma + 1, tail) is not None
        return False

    def _weakly(self, prepared: NegatedPassage, left: int, start: int) -> bool:
        text = prepared.passage.text
        if start > left and text[start - 1] in _NEGATING_CHARACTERS:
            return not self._is_pseudo_at(prepared, start)
        if _NEGATED_VERB.search(text, max(left, start - 7), start):
            return True
        clause = max(left, start - _WEAK_LIST_REACH)
        clause = max(clause, text.rfind(",", clause, start) + 1)
        standing: _Event | None = None
        for event in prepared.before(clause, start):
            standing = None if event.kind == "reset" else event
        if standing is None:
            return False
        between = text[standing.end : start]
        if len(between) > 2 and self._crosses_gap(
            prepared.passage, standing.end, start
        ):
            return False
        return len(between) <= _WEAK_REACH or len(_LIST_MARKS.split(between)[-1]) <= 12

    def _is_pseudo_at(self, prepared: NegatedPassage, start: int) -> bool:
        """Whether the negating character before a hit ends a pseudo-negator."""
        text = prepared.passage.text
        window = text[max(0, start - 5) : start]
        return any(
            match.lastgroup == "pseudo" and match.end() == len(window)
            for match in self._events.finditer(window)
        )

    @staticmethod
    def _crosses_gap(passage: Passage, left: int, start: int) -> bool:
        """Whether white space, not spelt-out spacing, ends the clause before the hit."""
        if not passage.has_gap_within(left - 1, start):
            return False
        gaps = [i for i in range(left, start + 1) if passage.has_gap_before(i)]
        return len(gaps) == 1

    def _of_english(
        self, prepared: NegatedPassage, start: int, end: int
    ) -> Strength | None:
        left, right = prepared.passage.sentence(start, end)
        standing: _Event | None = None
        for event in prepared.before(max(left, start - _ENGLISH_REACH), start):
            standing = None if event.kind == "reset" else event
        if standing is not None:
            return Strength.STRONG
        if self._english_post.search(prepared.passage.text[end : min(right, end + 60)]):
            return Strength.STRONG
        return None
