"""Where the phrases of the rules stand in a document, and what excuses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jobs.screening.rules.catalogue import NegationMode, Rule
from jobs.screening.rules.document import Document
from jobs.screening.rules.index import Candidate
from jobs.screening.rules.negation import Strength

# Enough to underline; a text that repeats itself is not read to the end.
HITS_PER_RULE = 12
_HITS_PER_PATTERN = 400


@dataclass(slots=True)
class Hit:
    rule: Rule
    start: int
    end: int
    is_english: bool
    negated: Strength | None


def find_hits(
    document: Document, candidates: Iterable[tuple[Rule, Candidate]]
) -> Iterator[Hit]:
    """What stands, and of each phrase the first place that is firmly negated."""
    for rule, candidate in candidates:
        is_english = candidate.pattern.is_english
        standing, is_prohibited = 0, False
        for count, match in enumerate(candidate.matches()):
            if standing >= HITS_PER_RULE or (standing and count > _HITS_PER_PATTERN):
                break
            start, end = match.span()
            if rule.fields and document.field_at(start) not in rule.fields:
                continue
            negated = _negation(document, rule, start, end, is_english=is_english)
            if negated is None:
                standing += 1
            elif is_prohibited or negated is not Strength.STRONG:
                continue
            else:
                is_prohibited = True
            yield Hit(rule, start, end, is_english, negated)


def _negation(
    document: Document, rule: Rule, start: int, end: int, *, is_english: bool
) -> Strength | None:
    if rule.negation == NegationMode.NONE:
        return None
    weak = rule.negation == NegationMode.FULL
    return document.negation_of(start, end, is_english=is_english, weak=weak)


def is_excepted(document: Document, hit: Hit) -> bool:
    """Whether words around a hit excuse it, or words it needs are not there."""
    rule = hit.rule
    sentence = document.sentence(hit.start, hit.end, is_english=hit.is_english)
    if rule.unless_clause:
        clause = document.passage.clause(hit.start, hit.end, within=sentence)
        if document.holds(rule.unless_clause, *clause):
            return True
    return (
        document.holds(rule.unless_sentence, *sentence)
        or document.holds_anywhere(rule.unless_advert)
        or _lacks(document, rule, sentence)
    )


def _lacks(document: Document, rule: Rule, sentence: tuple[int, int]) -> bool:
    if rule.needs_sentence and not document.holds(rule.needs_sentence, *sentence):
        return True
    return bool(rule.needs_advert) and not document.holds_anywhere(rule.needs_advert)
