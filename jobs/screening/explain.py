"""Rules and findings as a reader sees them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from jobs.postings.labels import FIELD_LABELS, field_label
from jobs.screening.adverts import PlacedRewording
from jobs.screening.enums import Category, Severity
from jobs.screening.rules import catalogue as data

ORDER = {
    Severity.BLOCK: 0,
    Severity.REVIEW: 1,
    Severity.WARN: 2,
    Severity.POSITIVE: 3,
}
LOOKS = {
    Severity.BLOCK: "danger",
    Severity.REVIEW: "caution",
    Severity.WARN: "info",
    Severity.POSITIVE: "good",
}
MARKS: dict[data.Mark, Promise] = {
    data.Mark.CONFIRMED: gettext_lazy("read in the original text"),
    data.Mark.SECONDARY: gettext_lazy("from a second-hand source"),
    data.Mark.UNCONFIRMED: gettext_lazy("not confirmed yet"),
}

# Where the control has another name than the fact.
_CONTROLS = {
    "base_salary_min": "id_base_salary_0",
    "pay_min": "id_pay_0",
    "pay_max": "id_pay_1",
    "salary_text": "id_pay_0",
    "branch_name": "id_branch",
}


class Located(Protocol):
    """What findings have in common, stored or not."""

    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def excerpt(self) -> str: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class ShownCitation:
    law: str
    article: str
    mark: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ShownRule:
    id: str
    title: str
    explanation: str
    remedy: str
    severity: Severity
    citations: tuple[ShownCitation, ...]

    @property
    def look(self) -> str:
        return LOOKS[self.severity]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that raised a rule: the words, or without an excerpt the fact.

    `anchor` is the control in the posting form, empty where there is none.
    """

    label: str
    anchor: str
    excerpt: str
    severity: str
    start: int | None
    end: int | None
    offer: PlacedRewording | None = None

    @property
    def done(self) -> str:
        """What to say when the offer was taken."""
        return done_sentence(self.offer) if self.offer else ""


@dataclass(slots=True)
class RuleHits:
    """One rule raised by a posting, with the words or facts that raised it."""

    rule: ShownRule
    severity: Severity
    quotes: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    @property
    def look(self) -> str:
        return LOOKS[self.severity]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something still to be said; `anchor` is its control in the posting form, empty
    where it is the organisation that has to say it. `rule` asks for it, if one does."""

    label: str
    anchor: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text; `severity` is empty where nothing was found."""

    text: str
    severity: str = ""
    rule: str = ""
    title: str = ""


def shown_rule(rule_id: str) -> ShownRule | None:
    """None for a rule that is no longer in the catalogue."""
    try:
        return _shown(data.default_catalogue().rule(rule_id))
    except KeyError:
        return None


def _article(article: str, language: str) -> str:
    """Full-width marks in Chinese: 9、84（2）."""
    if not language.startswith("zh"):
        return article
    return article.replace(", ", "、").translate(str.maketrans("()", "（）"))


def _shown(rule: data.Rule) -> ShownRule:
    language = get_language() or ""
    return ShownRule(
        id=rule.id,
        title=rule.title.in_language(language),
        explanation=rule.explanation.in_language(language),
        remedy=rule.remedy.in_language(language),
        severity=Severity(rule.severity),
        citations=shown_citations(rule.basis),
    )


def shown_citations(basis: Iterable[data.Citation]) -> tuple[ShownCitation, ...]:
    language = get_language() or ""
    laws = data.default_catalogue().laws
    return tuple(
        ShownCitation(
            law=laws[citation.law].name.in_language(language),
            article=_article(citation.article, language),
            mark=str(MARKS[citation.mark]),
            is_confirmed=citation.mark == data.Mark.CONFIRMED,
        )
        for citation in basis
    )


def rules_by_category() -> list[tuple[str, list[ShownRule]]]:
    """The whole catalogue for its public page, the gravest chapters first."""
    groups: dict[str, list[ShownRule]] = {}
    for rule in data.default_catalogue().rules:
        groups.setdefault(rule.category, []).append(_shown(rule))
    place = {code: number for number, code in enumerate(Category.values)}
    codes = sorted(groups, key=lambda code: place.get(code, len(place)))
    return [(_category(code), groups[code]) for code in codes]


def _category(code: str) -> str:
    return str(Category(code).label) if code in Category.values else code


def grouped(
    findings: Iterable[Located], offers: Iterable[PlacedRewording] = ()
) -> list[RuleHits]:
    """Findings by rule, the gravest first, in reading order within."""
    groups: dict[str, RuleHits] = {}
    offered: dict[tuple[str, str, int | None], PlacedRewording] = {
        (offer.rule, offer.field, offer.finding_start): offer for offer in offers
    }
    for finding in findings:
        rule = shown_rule(finding.rule)
        if rule is None:
            continue
        severity = Severity(finding.severity)
        hits = groups.setdefault(rule.id, RuleHits(rule, severity))
        if ORDER[severity] < ORDER[hits.severity]:
            hits.severity = severity
        if finding.excerpt and finding.excerpt not in hits.quotes:
            hits.quotes.append(finding.excerpt)
        label = field_label(finding.field)
        if label and label not in hits.fields:
            hits.fields.append(label)
        offer = offered.get((finding.rule, finding.field, finding.start))
        hits.spots.append(_spot(finding, label, offer))
    return sorted(groups.values(), key=lambda hits: ORDER[hits.severity])


def _spot(finding: Located, label: str, offer: PlacedRewording | None) -> Spot:
    return Spot(
        label=label,
        anchor=_anchor(finding.field) if finding.field in FIELD_LABELS else "",
        excerpt=finding.excerpt,
        severity=finding.severity,
        start=finding.start,
        end=finding.end,
        offer=offer,
    )


def split_missing(
    findings: Iterable[Located],
    disclosures: Iterable[str],
    offers: Iterable[PlacedRewording] = (),
) -> tuple[list[RuleHits], list[Missing]]:
    """What was found, and apart from it what is only missing."""
    found: list[Located] = []
    missing = {name: Missing(field_label(name), _anchor(name)) for name in disclosures}
    for finding in findings:
        name, label = finding.field, field_label(finding.field)
        if not finding.rule.startswith("miss-"):
            found.append(finding)
        elif label:
            missing[name] = Missing(label, _anchor(name), finding.rule)
    return grouped(found, offers), list(missing.values())


def _anchor(field: str) -> str:
    if field.startswith("employer.") or field == "verified_on":
        return ""
    return _CONTROLS.get(field, f"id_{field}")


def marked(text: str, findings: Sequence[Located]) -> list[Part]:
    """Cut a text where findings begin and end; the gravest wins where they overlap.

    The parts joined are the text itself: the template escapes each of them.
    """
    spans = [
        (max(f.start, 0), min(f.end, len(text)), f)
        for f in findings
        if f.start is not None and f.end is not None and f.start < len(text)
    ]
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    return [_part(text, left, right, spans) for left, right in pairwise(cuts)]


def _part(
    text: str, left: int, right: int, spans: Sequence[tuple[int, int, Located]]
) -> Part:
    covering = [f for start, end, f in spans if start <= left and right <= end]
    if not covering:
        return Part(text[left:right])
    gravest = min(covering, key=lambda f: ORDER[Severity(f.severity)])
    rule = shown_rule(gravest.rule)
    title = rule.title if rule else gravest.rule
    return Part(text[left:right], gravest.severity, gravest.rule, title)


def marked_fields(
    texts: Iterable[tuple[str, str]], findings: Sequence[Located]
) -> Iterator[tuple[str, list[Part]]]:
    """(label, parts) for each field that has a text."""
    for name, text in texts:
        if text:
            here = [finding for finding in findings if finding.field == name]
            yield field_label(name), marked(text, here)


def decision_sentence(*, is_blocked: bool, decision: str) -> str:
    if is_blocked:
        return _("This cannot be sent in yet. First fix what is listed.")
    if decision == "review":
        return _("You can send it in. A person will look at the points below.")
    return _("No problems found. A person reads it before it opens.")


def lint_sentence(hits: Iterable[RuleHits]) -> str:
    count = sum(hit.severity != Severity.POSITIVE for hit in hits)
    if not count:
        return _("Nothing to fix so far.")
    return ngettext(
        "%(count)d point to look at.", "%(count)d points to look at.", count
    ) % {"count": count}


def done_sentence(offer: PlacedRewording) -> str:
    if offer.replacement:
        return _("Changed to “%(words)s”.") % {"words": offer.replacement}
    return _("Left out: “%(words)s”.") % {"words": offer.shown_words}
