from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from re import Match

from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.catalogue import (
    Catalogue,
    Rule,
    Severity,
    default_catalogue,
)
from jobs.screening.rules.document import Document, Span
from jobs.screening.rules.fields import CHECKS, FieldContext
from jobs.screening.rules.findings import Decision, Finding, Role, Screening, decide
from jobs.screening.rules.hits import HITS_PER_RULE, Hit, find_hits, is_excepted
from jobs.screening.rules.index import Candidate, PatternIndex
from jobs.screening.rules.negation import Strength
from jobs.screening.rules.patterns import (
    Pattern,
    compile_chinese,
    compile_english,
    end_of_english,
)
from jobs.screening.rules.roles import Evidence, RoleReader
from jobs.screening.rules.text import MAX_TEXT_LENGTH, TextTooLong

__all__ = ["Decision", "Engine", "Screening", "screen", "warm_up"]

_PROHIBITION = "pos-explicit-prohibition"
_GIG_RULES = frozenset({"fee-task-mlm"})


@dataclass(frozen=True, slots=True)
class _ClusterWord:
    """A word of a rule's cluster."""

    rule: Rule
    is_strong: bool


@dataclass(frozen=True, slots=True)
class _Context:
    """A word that speaks of collection."""


@dataclass(slots=True)
class _Candidates:
    """What may match in one document, by what it would mean."""

    phrases: list[tuple[Rule, Candidate]] = field(default_factory=list)
    evidence: list[tuple[Evidence, Candidate]] = field(default_factory=list)
    clusters: list[tuple[_ClusterWord, Candidate]] = field(default_factory=list)
    context: list[Candidate] = field(default_factory=list)


class Engine:
    """The catalogue, indexed once and asked for every advert."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        rules = catalogue.rules
        self._checks = [(rule, CHECKS[name]) for rule in rules for name in rule.checks]
        self._roles = RoleReader(catalogue)
        context = catalogue.shared["roles"]["context"]
        # One index for everything, so that each text is walked through once.
        self._index: PatternIndex[Rule | Evidence | _ClusterWord | _Context] = (
            PatternIndex(
                [
                    *((rule, pattern) for rule in rules for pattern in rule.phrases),
                    *(e for e in self._roles.entries if not e[0].in_title),
                    *_cluster_words(rules),
                    *(
                        (_Context(), compile_chinese(p, catalogue.words))
                        for p in context["phrases"]
                    ),
                    *(
                        (_Context(), compile_english(p, catalogue.words))
                        for p in context["english"]
                    ),
                ]
            )
        )
        self._titles = PatternIndex(e for e in self._roles.entries if e[0].in_title)
        self._prohibition = next((r for r in rules if r.id == _PROHIBITION), None)

    def screen(
        self, advert: Advert, *, today: date, missing_fields: bool = True
    ) -> Screening:
        if advert.length() > MAX_TEXT_LENGTH:
            raise TextTooLong(advert.length())
        document = Document(advert, self.catalogue.negation)
        candidates = self._candidates(document)
        hits = list(find_hits(document, candidates.phrases))
        standing = [hit for hit in hits if hit.negated is None]
        in_context = any(map(document.stands, candidates.context))
        reading = self._roles.read(
            document,
            candidates.evidence,
            is_gig=any(
                hit.rule.id in _GIG_RULES and not is_excepted(document, hit)
                for hit in standing
            ),
            unlawful_collection=sum(
                _shows_collection(hit.rule, in_context=in_context) for hit in standing
            ),
        )
        in_collection = in_context or reading.role == Role.COLLECTION
        findings = [
            *_text_findings(document, standing, in_collection=in_collection),
            *_cluster_findings(
                document,
                candidates.clusters,
                in_collection=in_collection,
                role=reading.role,
            ),
        ]
        context = FieldContext(advert, document, reading.role, in_collection, today)
        findings += self._field_findings(context, missing_fields=missing_fields)
        findings += self._prohibitions(document, hits, findings)
        return self._conclude(findings, reading.role, disguised=reading.disguised)

    def _candidates(self, document: Document) -> _Candidates:
        found = _Candidates()
        found.evidence.extend(self._titles.candidates(document.title))
        for owner, candidate in self._index.candidates(document.passage.text):
            if isinstance(owner, Rule):
                found.phrases.append((owner, candidate))
            elif isinstance(owner, Evidence):
                found.evidence.append((owner, candidate))
            elif isinstance(owner, _ClusterWord):
                found.clusters.append((owner, candidate))
            else:
                found.context.append(candidate)
        return found

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

    def _field_findings(
        self, context: FieldContext, *, missing_fields: bool
    ) -> Iterator[Finding]:
        for rule, check in self._checks:
            if missing_fields or not rule.is_missing_field:
                for span in check(context, self.catalogue):
                    yield _finding(rule, span)

    def _prohibitions(
        self, document: Document, hits: list[Hit], findings: list[Finding]
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
                yield _finding(rule, document.span(hit.start, hit.end))
                return


def _shows_collection(rule: Rule, *, in_context: bool) -> bool:
    """Whether a hit of this rule is itself a sign that the work is collection."""
    if rule.collection_only:
        return in_context
    return rule.id.startswith("col-") and rule.severity == Severity.BLOCK


def _cluster_words(rules: Iterable[Rule]) -> Iterator[tuple[_ClusterWord, Pattern]]:
    for rule in rules:
        if rule.cluster:
            for phrases, is_strong in (
                (rule.cluster.strong, True),
                (rule.cluster.weak, False),
            ):
                word = _ClusterWord(rule, is_strong)
                yield from ((word, pattern) for pattern in phrases)


def _finding(rule: Rule, span: Span, severity: Severity | None = None) -> Finding:
    return Finding(
        rule.id,
        severity or rule.severity,
        span.excerpt,
        span.field,
        span.start,
        span.end,
    )


def _text_findings(
    document: Document, hits: Iterable[Hit], *, in_collection: bool
) -> Iterator[Finding]:
    for hit in hits:
        rule = hit.rule
        if rule.collection_only and not in_collection:
            continue
        is_grave = document.holds(rule.escalate, hit.start, hit.end)
        if is_grave or not is_excepted(document, hit):
            end = hit.end
            if hit.is_english:
                end = end_of_english(document.passage.text, hit.start, end)
            span = document.span(hit.start, end)
            yield _finding(rule, span, Severity.BLOCK if is_grave else None)


def _cluster_findings(
    document: Document,
    candidates: Iterable[tuple[_ClusterWord, Candidate]],
    *,
    in_collection: bool,
    role: Role,
) -> Iterator[Finding]:
    """Words that mean something only together: two in a collection advert.

    Elsewhere, outside sales, it takes three, one of them a strong one.
    """
    found: defaultdict[str, list[tuple[_ClusterWord, Match[str]]]] = defaultdict(list)
    needed = 2 if in_collection else 3
    for word, candidate in candidates:
        match = next(candidate.matches(), None)
        if match:
            found[word.rule.id].append((word, match))
    for words in found.values():
        rule = words[0][0].rule
        if len(words) < needed or document.holds_anywhere(rule.unless_advert):
            continue
        is_plain = role == Role.OUTBOUND_SALES or not any(w.is_strong for w, _ in words)
        if is_plain and not in_collection:
            continue
        for _, match in words:
            if document.negation_of(*match.span()) is None:
                yield _finding(rule, document.span(*match.span()))


def _without_overlaps(findings: list[Finding]) -> Iterator[Finding]:
    """Each rule's findings, longest first where they overlap, in reading order."""
    ends: dict[tuple[str, str], list[tuple[int, int]]] = {}
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.start - f.end):
        taken = ends.setdefault((finding.rule, finding.field), [])
        if len(taken) >= HITS_PER_RULE or any(
            finding.start < end and start < finding.end for start, end in taken
        ):
            continue
        taken.append((finding.start, finding.end))
        kept.append(finding)
    return iter(sorted(kept, key=lambda f: (f.field, f.start, f.end, f.rule)))


@cache
def _default_engine() -> Engine:
    return Engine(default_catalogue())


def warm_up() -> None:
    """Load the catalogue now instead of with the first advert."""
    _default_engine()


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
