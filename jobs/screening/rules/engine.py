from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.catalogue import (
    Catalogue,
    NegationMode,
    Phrases,
    Rule,
    Severity,
    default_catalogue,
)
from jobs.screening.rules.document import Document
from jobs.screening.rules.fields import CHECKS, FieldContext
from jobs.screening.rules.findings import Decision, Finding, Role, Screening, decide
from jobs.screening.rules.index import PatternIndex
from jobs.screening.rules.negation import Strength
from jobs.screening.rules.patterns import (
    Pattern,
    compile_chinese,
    end_of_english,
)
from jobs.screening.rules.roles import Evidence, RoleReader
from jobs.screening.rules.text import normalise

__all__ = ["Decision", "Engine", "Screening", "screen"]

# Enough to underline; a text that repeats itself is not read to the end.
_FINDINGS_PER_RULE = 12
_HITS_PER_PATTERN = 400
_PROHIBITION = "pos-explicit-prohibition"
_GIG_RULES = frozenset({"fee-task-mlm"})


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    start: int
    end: int
    is_english: bool
    negated: Strength | None


class Engine:
    """The catalogue, indexed once and asked for every advert."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        rules = catalogue.rules
        self._clusters = [rule for rule in rules if rule.cluster]
        self._checked = [rule for rule in rules if rule.checks]
        self._roles = RoleReader(catalogue)
        # One index for both, so that each text is looked through once.
        self._index: PatternIndex[Rule | Evidence] = PatternIndex(
            [
                *((rule, pattern) for rule in rules for pattern in rule.phrases),
                *self._roles.entries,
            ]
        )
        context = catalogue.shared["roles"]["context"]["phrases"]
        self._context = [compile_chinese(p, catalogue.words) for p in context]
        self._prohibition = next((r for r in rules if r.id == _PROHIBITION), None)

    def screen(
        self, advert: Advert, *, today: date, missing_fields: bool = True
    ) -> Screening:
        document = Document(advert, self.catalogue.negation)
        phrases: list[tuple[Rule, Pattern]] = []
        evidence: list[tuple[Evidence, Pattern]] = []
        for owner, pattern in self._index.candidates(document.passage):
            if isinstance(owner, Rule):
                phrases.append((owner, pattern))
            else:
                evidence.append((owner, pattern))
        hits = list(self._hits(document, phrases))
        standing = [hit for hit in hits if hit.negated is None]
        is_gig = any(
            hit.rule.id in _GIG_RULES and not self._is_excepted(document, hit)
            for hit in standing
        )
        title = normalise(advert.title).text
        in_context = document.states(self._context)
        reading = self._roles.read(
            document,
            evidence,
            title,
            is_gig=is_gig,
            unlawful_collection=sum(
                _shows_collection(hit.rule, in_context=in_context) for hit in standing
            ),
        )
        in_collection = in_context or reading.role == Role.COLLECTION
        findings = [
            finding
            for finding in self._text_findings(document, standing)
            if in_collection or not self.catalogue.rule(finding.rule).collection_only
        ]
        findings += self._cluster_findings(
            document, in_collection=in_collection, role=reading.role
        )
        context = FieldContext(advert, document, reading.role, in_collection, today)
        findings += self._field_findings(context, missing_fields=missing_fields)
        findings += self._prohibitions(document, hits, findings)
        return self._conclude(findings, reading.role, disguised=reading.disguised)

    def _conclude(
        self, findings: list[Finding], role: Role, *, disguised: bool
    ) -> Screening:
        decision = decide(findings, disguised=disguised)
        if any(finding.severity == Severity.BLOCK for finding in findings):
            findings = [f for f in findings if f.severity != Severity.POSITIVE]
        return Screening(
            decision=decision,
            role=role,
            disguised=disguised,
            findings=tuple(_without_overlaps(findings)),
            catalogue_version=self.catalogue.version,
        )

    @staticmethod
    def _hits(
        document: Document, phrases: list[tuple[Rule, Pattern]]
    ) -> Iterator[_Hit]:
        for rule, pattern in phrases:
            standing = 0
            for count, match in enumerate(pattern.finditer(document.passage.text)):
                if standing >= _FINDINGS_PER_RULE or (
                    standing and count > _HITS_PER_PATTERN
                ):
                    break
                start, end = match.span()
                if rule.fields and document.field_at(start) not in rule.fields:
                    continue
                negated = None
                if rule.negation != NegationMode.NONE:
                    negated = document.negation_of(
                        start,
                        end,
                        is_english=pattern.is_english,
                        weak=rule.negation == NegationMode.FULL,
                    )
                standing += negated is None
                yield _Hit(rule, start, end, pattern.is_english, negated)

    def _text_findings(self, document: Document, hits: list[_Hit]) -> Iterator[Finding]:
        for hit in hits:
            matched = document.passage.text[hit.start : hit.end]
            is_grave = bool(hit.rule.escalate) and _matches(hit.rule.escalate, matched)
            if not is_grave and self._is_excepted(document, hit):
                continue
            end = hit.end
            if hit.is_english:
                end = end_of_english(document.passage.text, hit.start, end)
            span = document.span(hit.start, end)
            severity = Severity.BLOCK if is_grave else hit.rule.severity
            yield Finding(
                hit.rule.id, severity, span.excerpt, span.field, span.start, span.end
            )

    @staticmethod
    def _is_excepted(document: Document, hit: _Hit) -> bool:
        rule, text = hit.rule, document.passage.text
        left, right = document.sentence(hit.start, hit.end, is_english=hit.is_english)
        sentence = text[left:right]
        if rule.unless_clause:
            first = text.rfind(",", left, hit.start) + 1 or left
            comma = text.find(",", hit.end, right)
            clause = text[first : comma if comma >= 0 else right]
            if _matches(rule.unless_clause, clause):
                return True
        return (
            _matches(rule.unless_sentence, sentence)
            or _matches(rule.unless_advert, text)
            or (
                bool(rule.needs_sentence)
                and not _matches(rule.needs_sentence, sentence)
            )
            or (bool(rule.needs_advert) and not _matches(rule.needs_advert, text))
        )

    def _cluster_findings(
        self, document: Document, *, in_collection: bool, role: Role
    ) -> Iterator[Finding]:
        """Words that mean something only together: two in a collection advert.

        Elsewhere, outside sales, it takes three, one of them a strong one.
        """
        text = document.passage.text
        for rule in self._clusters:
            assert rule.cluster is not None
            weak = _first_matches(rule.cluster.weak, text)
            strong = _first_matches(rule.cluster.strong, text)
            needed = 2 if in_collection else 3
            if len(weak) + len(strong) < needed or _matches(rule.unless_advert, text):
                continue
            if not in_collection and (not strong or role == Role.OUTBOUND_SALES):
                continue
            for start, end in [*strong, *weak]:
                if document.negation_of(start, end) is None:
                    span = document.span(start, end)
                    yield Finding(
                        rule.id,
                        rule.severity,
                        span.excerpt,
                        span.field,
                        span.start,
                        span.end,
                    )

    def _field_findings(
        self, context: FieldContext, *, missing_fields: bool
    ) -> Iterator[Finding]:
        for rule in self._checked:
            if rule.is_missing_field and not missing_fields:
                continue
            for name in rule.checks:
                for span in CHECKS[name](context, self.catalogue):
                    yield Finding(
                        rule.id,
                        rule.severity,
                        span.excerpt,
                        span.field,
                        span.start,
                        span.end,
                    )

    def _prohibitions(
        self, document: Document, hits: list[_Hit], findings: list[Finding]
    ) -> Iterator[Finding]:
        """Read a firmly negated unlawful practice as an explicit prohibition."""
        rule = self._prohibition
        if rule is None:
            return
        raised = {finding.rule for finding in findings}
        for hit in hits:
            if (
                hit.negated is Strength.STRONG
                and hit.rule.severity == Severity.BLOCK
                and hit.rule.id.startswith(("col-", "id-", "lend-", "data-"))
                and hit.rule.id not in raised
            ):
                span = document.span(hit.start, hit.end)
                yield Finding(
                    rule.id,
                    rule.severity,
                    span.excerpt,
                    span.field,
                    span.start,
                    span.end,
                )
                return


def _shows_collection(rule: Rule, *, in_context: bool) -> bool:
    """Whether a hit of this rule is itself a sign that the work is collection."""
    if rule.collection_only:
        return in_context
    return rule.id.startswith("col-") and rule.severity == Severity.BLOCK


def _matches(phrases: Phrases, text: str) -> bool:
    return any(p.regex.search(text) for p in phrases)


def _first_matches(phrases: Phrases, text: str) -> list[tuple[int, int]]:
    found = (pattern.regex.search(text) for pattern in phrases)
    return [match.span() for match in found if match]


def _without_overlaps(findings: list[Finding]) -> Iterator[Finding]:
    """Each rule's findings, longest first where they overlap, in reading order."""
    ends: dict[tuple[str, str], list[tuple[int, int]]] = {}
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.start - f.end):
        taken = ends.setdefault((finding.rule, finding.field), [])
        if len(taken) >= _FINDINGS_PER_RULE or any(
            finding.start < end and start < finding.end for start, end in taken
        ):
            continue
        taken.append((finding.start, finding.end))
        kept.append(finding)
    return iter(sorted(kept, key=lambda f: (f.field, f.start, f.end, f.rule)))


@cache
def _default_engine() -> Engine:
    return Engine(default_catalogue())


def screen(
    advert: Advert,
    *,
    today: date,
    catalogue: Catalogue | None = None,
    missing_fields: bool = True,
) -> Screening:
    """Screen one advert; raises TextTooLong when it is longer than any advert is."""
    engine = _default_engine() if catalogue is None else Engine(catalogue)
    return engine.screen(advert, today=today, missing_fields=missing_fields)
