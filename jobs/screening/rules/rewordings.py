"""Words to say instead of what a rule found, where the advert stays true with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Protocol

import opencc

from jobs.screening.rules.catalogue import (
    Catalogue,
    SaferWording,
    Severity,
    Wording,
    default_catalogue,
)
from jobs.screening.rules.findings import Screening
from jobs.screening.rules.patterns import Pattern, end_of_english
from jobs.screening.rules.text import normalise
from jobs.screening.rules.tidying import is_whole_item, without

# Each offer is read once more, so a text that is nothing but findings gets a few only.
MAX_TRIES = 20
MAX_LENGTH = 10_000
_HAN = re.compile("[㐀-鿿]")


class Found(Protocol):
    @property
    def rule(self) -> str: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


Reader = Callable[[str], Screening]


@dataclass(frozen=True, slots=True)
class Rewording:
    """Put `replacement` in place of text[start:end]; empty means leave the words out."""

    start: int
    end: int
    replacement: str
    rule: str
    finding: int  # which of the findings, in reading order

    def apply(self, text: str) -> str:
        return text[: self.start] + self.replacement + text[self.end :]


@dataclass(frozen=True, slots=True)
class _Match:
    safer: SaferWording
    start: int
    end: int


def rewordings_for(
    text: str,
    findings: Iterable[Found],
    *,
    read: Reader,
    in_title: bool = False,
    catalogue: Catalogue | None = None,
) -> list[Rewording]:
    """What may be offered for the findings of this text, in order, never overlapping.

    `read` screens the advert with another text in this one's place. Only what it reads
    as one finding less of the rule, and of no rule it did not raise before, is offered.
    """
    if len(text) > MAX_LENGTH:
        return []
    places = _Places(text, catalogue or default_catalogue(), in_title=in_title)
    offers: list[Rewording] = []
    before: Screening | None = None
    for offer in islice(places.offers(findings), MAX_TRIES):
        if offers and (
            offer.start < offers[-1].end or offer.finding == offers[-1].finding
        ):
            continue
        before = before or read(text)
        if _mends(before, read(offer.apply(text)), offer.rule):
            offers.append(offer)
    return offers


def _mends(before: Screening, after: Screening, rule: str) -> bool:
    was, now = _faults(before), _faults(after)
    return (
        now[rule] < was[rule]
        and now.keys() <= was.keys()
        and after.disguised <= before.disguised
    )


def _faults(screening: Screening) -> Counter[str]:
    """How often each rule was raised; good signs come to light when a block goes."""
    return Counter(
        finding.rule
        for finding in screening.findings
        if finding.severity != Severity.POSITIVE
    )


class _Places:
    """Where the catalogue has safer words for a text."""

    def __init__(self, text: str, catalogue: Catalogue, *, in_title: bool) -> None:
        self._passage = normalise(text)
        self._safer: dict[str, list[SaferWording]] = {}
        for safer in catalogue.rewordings:
            self._safer.setdefault(safer.rule, []).append(safer)
        self._in_title = in_title
        self._matches: dict[str, list[_Match]] = {}

    def offers(self, findings: Iterable[Found]) -> Iterator[Rewording]:
        """For each finding the longest words first: what is left then reads best."""
        for number, finding in enumerate(
            sorted(findings, key=lambda f: (f.start or 0, f.end or 0))
        ):
            start, end = finding.start, finding.end
            if start is None or end is None or start >= end:
                continue
            touching = [
                match
                for match in self._matches_of(finding.rule)
                if match.start < end and start < match.end
            ]
            for match in sorted(touching, key=lambda match: match.start - match.end):
                offer = self._offer(match, number)
                if offer is not None:
                    yield offer

    def _matches_of(self, rule: str) -> list[_Match]:
        if rule not in self._matches:
            self._matches[rule] = [
                _Match(safer, start, end)
                for safer in self._safer.get(rule, ())
                for pattern in safer.phrases
                if any(word in self._passage.text for word in pattern.words[0])
                for start, end in self._spans(pattern)
            ]
        return self._matches[rule]

    def _spans(self, pattern: Pattern) -> Iterator[tuple[int, int]]:
        """Where a phrase stands in the original text."""
        passage = self._passage
        for match in islice(pattern.regex.finditer(passage.text), MAX_TRIES):
            start, end = match.span()
            if pattern.is_english:
                end = end_of_english(passage.text, start, end)
                if _HAN.search(passage.text, start, end):
                    continue
            if start < end:
                yield _trimmed(passage.raw, *passage.raw_span(start, end))

    def _offer(self, match: _Match, number: int) -> Rewording | None:
        raw, safer = self._passage.raw, match.safer
        if safer.instead is not None and not self._in_title:
            words = _like(
                raw[match.start : match.end], _in_script_of(raw, safer.instead)
            )
            rest = normalise(f"{raw[: match.start]}\n{raw[match.end :]}").text
            if normalise(words).text not in rest:
                return Rewording(match.start, match.end, words, safer.rule, number)
        if not safer.inside and not is_whole_item(raw, match.start, match.end):
            return None
        span = without(raw, match.start, match.end)
        return span and Rewording(*span, "", safer.rule, number)


def _like(words: str, instead: str) -> str:
    return instead[0].upper() + instead[1:] if words[0].isupper() else instead


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    """Marks at the ends belong to the text around."""
    while end > start and not raw[end - 1].isalnum():
        end -= 1
    while start < end and not raw[start].isalnum():
        start += 1
    return start, end


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def _in_script_of(text: str, wording: Wording) -> str:
    """English where no Chinese stands, Traditional where its characters prevail."""
    characters = set(_HAN.findall(text))
    if not characters:
        return wording.en
    traditional = sum(_converter("t2s").convert(c) != c for c in characters)
    simplified = sum(_converter("s2t").convert(c) != c for c in characters)
    return wording.zh_hant if traditional > simplified else wording.zh_hans
