"""Reports, measures and objections as the people concerned read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from accounts.employers.access import blocked_matches
from accounts.employers.models import Organization
from accounts.lib.dates import SHANGHAI
from jobs.postings.cards import Mark
from jobs.postings.history import Entry
from jobs.postings.labels import field_label
from jobs.screening import access
from jobs.screening.adverts import TEXT_FIELDS
from jobs.screening.enums import (
    AppealState,
    Concern,
    Reason,
    ReportState,
    SanctionState,
    Urgency,
)
from jobs.screening.explain import ShownRule, shown_rule
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import EMPLOYER, REPORTER, RULES_OF_CONCERN, SYSTEM

SHOWN_MEASURES = 20
URGENCY_LOOKS = {Urgency.S1: "danger", Urgency.S2: "caution", Urgency.S3: "line"}
SANCTION_LOOKS = {
    SanctionState.PROPOSED: ("caution", "hourglass"),
    SanctionState.IN_FORCE: ("danger", "ban"),
    SanctionState.DROPPED: ("line", "undo-2"),
    SanctionState.LAPSED: ("line", "clock"),
    SanctionState.REVERSED: ("good", "undo-2"),
}
APPEAL_LOOKS = {
    AppealState.OPEN: ("caution", "hourglass"),
    AppealState.UPHELD: ("line", "scale"),
    AppealState.REVERSED: ("good", "undo-2"),
}
REPORT_LOOKS = {
    ReportState.OPEN: ("line", "inbox"),
    ReportState.TRIAGED: ("caution", "eye"),
    ReportState.EVIDENCE_REQUESTED: ("caution", "message-circle"),
    ReportState.PROPOSED: ("caution", "users"),
    ReportState.DISMISSED: ("line", "check"),
    ReportState.CLOSED: ("line", "check"),
    ReportState.REVERSED: ("line", "undo-2"),
}
EVENTS: dict[str, Promise] = {
    "open": gettext_lazy("Reported"),
    "add": gettext_lazy("More was added"),
    "triage": gettext_lazy("Looked at"),
    "request_evidence": gettext_lazy("The employer was asked"),
    "answer": gettext_lazy("The employer answered"),
    "time_out": gettext_lazy("The employer did not answer in time"),
    "dismiss": gettext_lazy("Nothing against the rules was found"),
    "warn": gettext_lazy("Warned"),
    "pause": gettext_lazy("Paused"),
    "remove": gettext_lazy("Taken down"),
    "suspend": gettext_lazy("Suspended"),
    "block": gettext_lazy("Shut out"),
    "propose": gettext_lazy("Proposed"),
    "impose": gettext_lazy("Decided"),
    "confirm": gettext_lazy("Confirmed by a second person"),
    "drop": gettext_lazy("Dropped by a second person"),
    "lapse": gettext_lazy("Ended"),
    "lift": gettext_lazy("Ended early"),
    "appeal": gettext_lazy("The employer objected"),
    "file": gettext_lazy("Objection handed in"),
    "uphold": gettext_lazy("The decision stays"),
    "reverse": gettext_lazy("The decision was taken back"),
    "close": gettext_lazy("Closed"),
}


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One reason of a measure: a rule, or a concern with the rules it is judged by."""

    title: str
    rules: tuple[ShownRule, ...]
    quotes: tuple[str, ...] = ()


def reasons_of(sanction: Sanction) -> list[ShownReason]:
    found = sanction.evidence.get("findings", [])
    return [_reason(code, found) for code in sanction.basis]


def reason_label(code: str) -> str:
    for words in (Concern, Reason):
        if code in words.values:
            return str(words(code).label)
    rule = shown_rule(code)
    return rule.title if rule else code


def _reason(code: str, found: Iterable[dict[str, Any]]) -> ShownReason:
    ids = RULES_OF_CONCERN.get(code, (code,))
    rules = tuple(rule for rule in map(shown_rule, ids) if rule is not None)
    quotes = dict.fromkeys(f["excerpt"] for f in found if f["rule"] in ids)
    return ShownReason(reason_label(code), rules, tuple(filter(None, quotes)))


def sanction_mark(sanction: Sanction) -> Mark:
    kind, symbol = SANCTION_LOOKS[SanctionState(sanction.state)]
    return Mark(SanctionState(sanction.state).label, kind, symbol)


def appeal_mark(state: str) -> Mark:
    kind, symbol = APPEAL_LOOKS[AppealState(state)]
    return Mark(AppealState(state).label, kind, symbol)


def report_mark(state: str) -> Mark:
    kind, symbol = REPORT_LOOKS.get(ReportState(state), ("good", "check"))
    return Mark(ReportState(state).label, kind, symbol)


def timeline(steps: QuerySet[Any], *, reasons: bool = True) -> list[Entry]:
    """Steps in order; nobody is named, the house decides."""
    return [
        Entry(
            what=str(EVENTS.get(step.event, step.event)),
            when=f"{step.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} · {_who(step)}",
            text=step.reason if reasons else "",
        )
        for step in steps.order_by("at", "pk")
    ]


def _who(step: Any) -> str:
    if step.actor_kind == EMPLOYER:
        return _("Employer")
    if step.actor_kind == REPORTER:
        return _("Who reported it")
    return _("Automatic") if step.actor_kind == SYSTEM else _("Ashore")


def reporter_word(kind: str) -> str:
    """All that anybody learns about who reported."""
    if kind == "seeker":
        return _("a job seeker")
    return _("a visitor") if kind == "visitor" else _("somebody signed in")


@dataclass(frozen=True, slots=True)
class Change:
    """One text of a posting, as it was reported and as it stands now."""

    label: str
    before: str
    now: str


def changes_since(report: Report) -> list[Change]:
    """Texts that differ from what was reported."""
    posting = report.posting
    if posting is None:
        return []
    before = report.snapshot.get("content", {})
    return [
        Change(field_label(name), before[name], getattr(posting, name))
        for name in TEXT_FIELDS
        if name in before and before[name] != getattr(posting, name)
    ]


def kept_words(evidence: dict[str, Any]) -> list[tuple[str, str]]:
    """The texts of a posting as they were kept, with their labels."""
    content = evidence.get("content", {})
    return [(field_label(n), content[n]) for n in TEXT_FIELDS if content.get(n)]


def record_context(organization: Organization) -> dict[str, Any]:
    """What a moderator should know about an employer before deciding."""
    measures = access.sanctions_on(organization)[:SHOWN_MEASURES]
    return {
        "organization": organization,
        "record": access.record_of(organization),
        "report_counts": access.report_counts(organization),
        "measures": [(row, sanction_mark(row)) for row in measures],
        "matches": blocked_matches(organization),
    }
