"""How well the engine agrees with hand-written expectations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jobs.screening.rules.adverts import Advert, advert_from_mapping
from jobs.screening.rules.catalogue import Catalogue, NegationMode, Severity
from jobs.screening.rules.engine import Engine

# A phrase that is judged inside a collection posting is put under this title.
_COLLECTION_TITLE = "催收专员"


@dataclass
class Tally:
    """Counts of one rule, over phrases or over labelled adverts."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0
    spared: int = 0

    @property
    def recall(self) -> float | None:
        return _ratio(self.hit, self.hit + self.missed)

    @property
    def specificity(self) -> float | None:
        return _ratio(self.spared, self.spared + self.wrong)

    @property
    def precision(self) -> float | None:
        return _ratio(self.hit, self.hit + self.wrong)

    def count(self, *, expected: bool, raised: bool) -> None:
        if expected:
            self.hit += raised
            self.missed += not raised
        else:
            self.wrong += raised
            self.spared += not raised

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.hit + other.hit,
            self.missed + other.missed,
            self.wrong + other.wrong,
            self.spared + other.spared,
        )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass
class AdvertScores:
    """Agreement with labelled adverts; missing-field findings are left out."""

    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    adverts: int = 0
    same_decision: int = 0
    missed_blocks: list[str] = field(default_factory=list)
    same_role: int = 0
    disguised: Tally = field(default_factory=Tally)
    disagreements: list[str] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        return sum(self.rules.values(), Tally())

    @property
    def disguised_f1(self) -> float | None:
        tally = self.disguised
        return _ratio(2 * tally.hit, 2 * tally.hit + tally.wrong + tally.missed)


def without_judgement(catalogue: Catalogue) -> Catalogue:
    """The same words as a plain keyword match: no negation, exceptions or context."""
    plain = tuple(
        replace(
            rule,
            negation=NegationMode.NONE,
            unless_clause=(),
            unless_sentence=(),
            unless_advert=(),
            needs_sentence=(),
            needs_advert=(),
            collection_only=False,
        )
        for rule in catalogue.rules
    )
    return replace(catalogue, rules=plain)


def _known_names(catalogue: Catalogue) -> dict[str, str]:
    names = {rule.id: rule.id for rule in catalogue.rules}
    for rule in catalogue.rules:
        names.update(dict.fromkeys(rule.aliases, rule.id))
    return names


def judge_phrases(
    engine: Engine, phrases: Iterable[Mapping[str, Any]], *, today: date
) -> dict[str, Tally]:
    """Tallies by rule for objects with rule, context, phrase and expected."""
    names = _known_names(engine.catalogue)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for entry in phrases:
        rule = names.get(entry["rule"], entry["rule"])
        title = _COLLECTION_TITLE if entry.get("context") == "collection" else ""
        advert = Advert(title=title, description=entry["phrase"])
        screening = engine.screen(advert, today=today, missing_fields=False)
        tallies[rule].count(expected=entry["expected"], raised=rule in screening.rules)
    return tallies


def judge_adverts(
    engine: Engine,
    adverts: Mapping[str, Mapping[str, Any]],
    labels: Iterable[Mapping[str, Any]],
    *,
    today: date,
) -> AdvertScores:
    """Compare with labels of ad_id, rules, role, disguised and decision."""
    names = _known_names(engine.catalogue)
    scores = AdvertScores()
    for label in labels:
        advert = advert_from_mapping(adverts[label["ad_id"]])
        screening = engine.screen(advert, today=today, missing_fields=False)
        raised = {
            finding.rule
            for finding in screening.findings
            if finding.severity != Severity.POSITIVE
        }
        wanted = {names.get(rule, rule) for rule in label["rules"]}
        for rule in raised | wanted:
            scores.rules[rule].count(expected=rule in wanted, raised=rule in raised)
        scores.adverts += 1
        scores.same_decision += screening.decision == label["decision"]
        scores.same_role += screening.role == label["role"]
        scores.disguised.count(expected=label["disguised"], raised=screening.disguised)
        if label["decision"] == "block" != screening.decision:
            scores.missed_blocks.append(label["ad_id"])
        if raised != wanted or screening.decision != label["decision"]:
            scores.disagreements.append(label["ad_id"])
    return scores
