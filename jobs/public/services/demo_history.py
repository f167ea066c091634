from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.identity.models import User
from accounts.lib.dates import local_day
from jobs.postings.enums import ENDED_STATES, PostingState as S
from jobs.postings.models import Posting, PostingRevision, PostingTransition
from jobs.postings.rules.workflow import EMPLOYER, MODERATOR, POSTING, SYSTEM
from jobs.postings.services import content_of, end_of_day
from jobs.screening.enums import Decision, Severity, Verdict
from jobs.screening.models.findings import Finding
from jobs.screening.models.review import ReviewDecision
from jobs.screening.rules.catalogue import default_catalogue

# How each state was reached, step by step.
PATHS: dict[S, tuple[str, ...]] = {
    S.DRAFT: (),
    S.IN_REVIEW: ("submit",),
    S.CHANGES_REQUESTED: ("submit", "request_changes"),
    S.REJECTED: ("submit", "reject"),
    S.PUBLISHED: ("submit", "approve"),
    S.PAUSED: ("submit", "approve", "pause"),
    S.FILLED: ("submit", "approve", "fill"),
    S.CLOSED: ("submit", "approve", "close"),
    S.EXPIRED: ("submit", "approve", "expire"),
    S.REMOVED: ("submit", "approve", "remove"),
}
ACTORS = {
    "submit": EMPLOYER,
    "approve": MODERATOR,
    "request_changes": MODERATOR,
    "reject": MODERATOR,
    "remove": MODERATOR,
    "pause": EMPLOYER,
    "fill": EMPLOYER,
    "close": EMPLOYER,
    "expire": SYSTEM,
}
# Moderators sent these back or refused them; whatever else is blocked stays a draft.
NEVER_PUBLISHED = frozenset({S.REJECTED, S.CHANGES_REQUESTED})
# A moderator's note where the advert's author gave none; {rules} are the rules' titles.
NOTES = {
    "reject": "不能发布，问题在于：{rules}。",
    "request_changes": "请先改好这几处，再交上来：{rules}。",
    "remove": "已下架，问题在于：{rules}。",
}
TITLES_IN_NOTE = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """When the demo is loaded, and when this advert went through its check."""

    now: datetime
    checked: datetime

    def of(self, event: str) -> datetime:
        if event == "submit":
            return self.checked - timedelta(hours=5)
        if event in Verdict.values and event != Verdict.REMOVE:
            return self.checked
        return self.now - timedelta(hours=2)


def raised_rules(found: Iterable[Posting]) -> dict[int, list[str]]:
    """The blocking rules each posting raised, by its primary key."""
    rules: dict[int, set[str]] = defaultdict(set)
    blocking = Finding.objects.filter(posting__in=found, severity=Severity.BLOCK)
    for posting, rule in blocking.values_list("posting", "rule"):
        rules[posting].add(rule)
    return {posting: sorted(names) for posting, names in rules.items()}


def live_through(
    row: dict[str, Any],
    posting: Posting,
    *,
    rules: list[str],
    moderator: User,
    now: datetime,
) -> None:
    """Write the posting's past as if it had been lived, then its dates."""
    wanted = S(row["intended_state"])
    blocked = posting.screening_decision == Decision.BLOCK
    state = S.DRAFT if blocked and wanted not in NEVER_PUBLISHED else wanted
    posted = now - timedelta(days=row.get("posted_days_ago", 1), hours=3)
    moment = Moment(now, posted)
    _write_revision(posting, posted)
    came_from = S.DRAFT
    for event in PATHS[state]:
        note = _note(event, row, rules)
        came_from = _write_step(posting, event, came_from, note, moderator, moment)
        if event in Verdict.values:
            _decide(posting, event, rules, note, moderator, moment.of(event))
    posting.state = state
    _set_dates(row, posting, moment)
    posting.save()


def _write_revision(posting: Posting, posted: datetime) -> None:
    PostingRevision.objects.create(
        posting=posting,
        number=1,
        content=content_of(posting),
        changed_by=posting.created_by,
        at=posted - timedelta(days=1),
    )


def _note(event: str, row: dict[str, Any], rules: list[str]) -> str:
    if event not in NOTES:
        return ""
    if "review_note" in row:
        return str(row["review_note"])
    catalogue = default_catalogue()
    titles = [catalogue.rule(rule).title.zh_hans for rule in rules[:TITLES_IN_NOTE]]
    return NOTES[event].format(rules="；".join(titles))


def _write_step(
    posting: Posting,
    event: str,
    came_from: S,
    note: str,
    moderator: User,
    moment: Moment,
) -> S:
    """The state it leads to, by the real table."""
    kind = ACTORS[event]
    row = POSTING.step(state=came_from, event=event, actor=kind, reason=note)
    actors = {EMPLOYER: posting.created_by, MODERATOR: moderator}
    PostingTransition.objects.create(
        posting=posting,
        event=event,
        from_state=came_from,
        to_state=row.target,
        actor=actors.get(kind),
        actor_kind=kind,
        reason=note,
        at=moment.of(event),
    )
    return S(row.target)


def _decide(
    posting: Posting,
    event: str,
    rules: list[str],
    note: str,
    moderator: User,
    at: datetime,
) -> None:
    ReviewDecision.objects.create(
        posting=posting,
        reviewer=moderator,
        verdict=Verdict(event),
        rules=[] if event == Verdict.APPROVE else rules,
        note=note,
        posting_version=posting.version,
        at=at,
    )


def _set_dates(row: dict[str, Any], posting: Posting, moment: Moment) -> None:
    path = PATHS[S(posting.state)]
    last_day = local_day(moment.now) + timedelta(days=row.get("valid_days", 30))
    posting.valid_through = end_of_day(last_day)
    if path:
        posting.submitted_at = moment.of("submit")
    if "approve" in path:
        posting.published_at = moment.checked
        posting.date_posted = local_day(moment.checked)
    if posting.state in ENDED_STATES:
        posting.ended_at = min(moment.of(path[-1]), posting.valid_through)
