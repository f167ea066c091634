"""What a reading by new rules would change, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jobs.postings.enums import LIVE_STATES
from jobs.postings.models import Posting
from jobs.screening.enums import Effect
from jobs.screening.models.rescreening import RescreenChange

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Example:
    posting: Posting
    effect: str
    quotes: list[str]


@dataclass(slots=True)
class RuleChange:
    """How often a rule is raised anew or no longer, with a few places."""

    rule: str
    added: int = 0
    removed: int = 0
    # Postings that would be taken down and raise it anew.
    blocked: int = 0
    examples: list[Example] = field(default_factory=list)


def effects_of(changes: Iterable[RescreenChange]) -> list[str]:
    """Of the live ones: what waits in the queue is nobody's loss."""
    return [c.effect for c in changes if c.posting_state in LIVE_STATES]


def by_rule(changes: Iterable[RescreenChange]) -> list[RuleChange]:
    """The rules that close most first, then those raised most often; no good signs."""
    rows: dict[str, RuleChange] = {}
    for change in changes:
        closes = change.effect == Effect.BLOCKED and change.posting_state in LIVE_STATES
        for rule in filter(_is_objection, change.rules_added):
            row = rows.setdefault(rule, RuleChange(rule))
            row.added += 1
            row.blocked += closes
            quotes = change.quotes.get(rule, [])
            row.examples.append(Example(change.posting, change.effect, quotes))
        for rule in filter(_is_objection, change.rules_removed):
            rows.setdefault(rule, RuleChange(rule)).removed += 1
    for row in rows.values():
        row.examples.sort(key=lambda example: example.effect != Effect.BLOCKED)
        del row.examples[EXAMPLES:]
    return sorted(rows.values(), key=lambda r: (-r.blocked, -r.added, r.rule))


def _is_objection(rule: str) -> bool:
    """Also a rule that is no longer in the catalogue, unless its name says otherwise."""
    return not rule.startswith("pos-")
