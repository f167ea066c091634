from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from jobs.screening.rules.catalogue import Severity

Decision = Literal["block", "review", "ok"]


class Role(StrEnum):
    """What the duties of an advert are, whatever its title says."""

    COLLECTION = "collection"
    RECEIVABLES = "receivables"
    SERVICING = "servicing"
    SUPPORT = "support"
    OUTBOUND_SALES = "outbound-sales"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule raised by one place: `field`'s text[start:end] is the excerpt.

    A finding about something that is missing has an empty excerpt at 0.
    """

    rule: str
    severity: Severity
    excerpt: str
    field: str
    start: int
    end: int

    @property
    def is_missing_field(self) -> bool:
        return self.rule.startswith("miss-")


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome for one advert; positives are left out while a block is open."""

    decision: Decision
    role: Role
    disguised: bool
    findings: tuple[Finding, ...]
    catalogue_version: str

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(finding.rule for finding in self.findings)

    @property
    def content_decision(self) -> Decision:
        """The decision with missing mandatory fields left out of account."""
        content = (f for f in self.findings if not f.is_missing_field)
        return decide(content, disguised=self.disguised)


def decide(findings: Iterable[Finding], *, disguised: bool) -> Decision:
    severities = {finding.severity for finding in findings}
    if Severity.BLOCK in severities:
        return "block"
    if disguised or Severity.REVIEW in severities:
        return "review"
    return "ok"
