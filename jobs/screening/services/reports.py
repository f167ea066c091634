"""Reports from anybody, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from jobs.postings.models import Posting
from jobs.screening import emails
from jobs.screening.enums import ReportState, SanctionKind
from jobs.screening.models.reports import UNDECIDED, Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import (
    APPEAL_PERIOD,
    EVIDENCE_TIME,
    NEEDS_SECOND,
    OUTCOMES,
    REPORTER,
    TEXT_LENGTH,
    due,
    suggested_urgency,
)
from jobs.screening.services.errors import NotAllowed, NoteMissing, ReviewTaken
from jobs.screening.services.independence import check_another, check_independent
from jobs.screening.services.sanctions import evidence_of, impose_sanction
from jobs.screening.services.steps import lock, take_step, write_history

BATCH = 500
VISITOR = "visitor"
_EVENTS = {outcome: event for event, outcome in OUTCOMES.items()}


@transaction.atomic
def file_report(
    *,
    category: str,
    text: str,
    posting: Posting | None = None,
    organization: Organization | None = None,
    reporter: User | None = None,
    known_receipt: str = "",
) -> tuple[Report, bool]:
    """Write a report down; False when it was added to an undecided one of before.

    `known_receipt` is the receipt the same browser got for the same target, so that a
    visitor's second report is recognised without knowing who they are. The trail names
    nobody: it cannot be changed, and a reporter may be erased.
    """
    for _attempt in range(2):
        earlier = _earlier(posting, organization, reporter, known_receipt)
        if earlier is not None:
            return _merged(earlier, category, text), False
        try:
            with transaction.atomic():
                return _filed(category, text, posting, organization, reporter), True
        except IntegrityError:
            # A second tap was faster: what it wrote is found now.
            continue
    raise ReviewTaken("reported at the same moment")


def _filed(
    category: str,
    text: str,
    posting: Posting | None,
    organization: Organization | None,
    reporter: User | None,
) -> Report:
    urgency = suggested_urgency(category)
    now = timezone.now()
    report = Report.objects.create(
        posting=posting,
        organization=None if posting else organization,
        category=category,
        text=text.strip()[:TEXT_LENGTH],
        reporter=reporter,
        reporter_kind=reporter.kind if reporter else VISITOR,
        urgency=urgency,
        due_at=due(urgency=urgency, since=now),
        snapshot=evidence_of(posting) if posting else {},
        created_at=now,
    )
    write_history(report, event="open", actor=None, kind=REPORTER, now=now)
    return report


def _earlier(
    posting: Posting | None,
    organization: Organization | None,
    reporter: User | None,
    known_receipt: str,
) -> Report | None:
    same = Report.objects.select_for_update(of=("self",)).filter(
        state__in=UNDECIDED,
        posting=posting,
        organization=None if posting else organization,
    )
    if reporter is not None:
        return same.filter(reporter=reporter).first()
    if not known_receipt:
        return None
    return same.filter(receipt=known_receipt, reporter__isnull=True).first()


def _merged(report: Report, category: str, text: str) -> Report:
    """What is new is kept below what was said before."""
    added = text.strip()
    if added and added not in report.text:
        report.text = f"{report.text}\n\n{added}".strip()[: TEXT_LENGTH * 3]
    urgency = min(report.urgency, suggested_urgency(category))
    if urgency != report.urgency:
        report.urgency = urgency
        report.due_at = min(
            report.due_at, due(urgency=urgency, since=report.created_at)
        )
    report.save(update_fields=["text", "urgency", "due_at"])
    write_history(
        report, event="add", actor=None, kind=REPORTER, came_from=report.state
    )
    return report


@transaction.atomic
def triage_report(*, report: Report, reviewer: User, urgency: str) -> Report:
    locked = _locked_for(report, reviewer)
    locked.urgency = urgency
    locked.due_at = due(urgency=urgency, since=locked.created_at)
    take_step(locked, "triage", reviewer)
    return locked


@transaction.atomic
def request_evidence(*, report: Report, reviewer: User, question: str) -> Report:
    """Ask the employer; they have five days. The words of the report stay with us."""
    locked = _locked_for(report, reviewer)
    if locked.employer is None:
        raise NotAllowed("nobody to ask")
    _triaged(locked, reviewer)
    locked.question, locked.answer = question.strip(), ""
    locked.due_at = timezone.now() + EVIDENCE_TIME
    take_step(locked, "request_evidence", reviewer, reason=question)
    emails.ask_employer(locked)
    return locked


@transaction.atomic
def answer_question(*, report: Report, actor: User, answer: str) -> Report:
    """By anybody of the organisation that was asked."""
    locked = lock(report)
    employer = locked.employer
    is_member = employer is not None and Membership.objects.filter(
        organization=employer, user=actor, is_active=True
    )
    if not is_member or not is_member.exists():
        raise NotAllowed(str(actor.pk))
    if not answer.strip():
        raise NoteMissing("an answer says something")
    locked.answer = answer.strip()
    locked.due_at = due(urgency=locked.urgency, since=timezone.now())
    take_step(locked, "answer", actor)
    return locked


@transaction.atomic
def decide_report(
    *,
    report: Report,
    reviewer: User,
    outcome: str,
    seen: str,
    basis: Sequence[str] = (),
    note: str = "",
    reporter_note: str = "",
    others: bool = False,
    until: datetime | None = None,
) -> Report:
    """Dismiss, or take a measure; `seen` is the state the moderator decided from.

    What is grave waits for a second person before the report counts as decided. With
    `others` the undecided reports about the same target get the same decision.
    Raises ReviewTaken when somebody was faster, and what impose_sanction raises.
    """
    if others:
        # All at once and in order: two people who decide about all take turns.
        _lock_all(report)
    locked = _locked_for(report, reviewer)
    if locked.state != seen:
        raise ReviewTaken(f"report {locked.pk} is {locked.state}")
    sanction = None
    if outcome != ReportState.DISMISSED:
        sanction = impose_sanction(
            organization=locked.employer,
            posting=_target(locked, outcome),
            kind=outcome,
            actor=reviewer,
            basis=basis,
            note=note,
            report=locked,
            until=until,
        )
    reason = note.strip() or reporter_note.strip()
    for case in [locked, *(_others(locked) if others else [])]:
        _triaged(case, reviewer)
        case.sanction, case.note = sanction, reporter_note.strip()
        if outcome in NEEDS_SECOND:
            take_step(case, "propose", reviewer, reason=reason)
        else:
            _settle(case, outcome, reviewer, reason)
    return locked


def _target(report: Report, outcome: str) -> Posting | None:
    """Suspending is about the organisation, whatever posting brought it up."""
    whole = outcome in {SanctionKind.SUSPENDED, SanctionKind.BLOCKED}
    return None if whole else report.posting


def _lock_all(report: Report) -> None:
    same = Report.objects.select_for_update(of=("self",)).filter(
        posting=report.posting, organization=report.organization
    )
    list(same.order_by("pk").values_list("pk"))


def _others(report: Report) -> list[Report]:
    same = Report.objects.select_for_update(of=("self",)).filter(
        state__in=UNDECIDED,
        posting=report.posting,
        organization=report.organization,
        sanction__isnull=True,
    )
    return list(same.exclude(pk=report.pk).order_by("pk"))


def _settle(report: Report, outcome: str, actor: User, reason: str = "") -> None:
    report.outcome = outcome
    report.decided_at = timezone.now()
    take_step(report, _EVENTS[outcome], actor, reason=reason)
    emails.tell_reporter(report)


def settle_reports(sanction: Sanction, actor: User) -> None:
    """A second person has confirmed what these reports led to."""
    for report in _of(sanction, ReportState.PROPOSED):
        _settle(report, sanction.kind, actor)


def return_reports(sanction: Sanction, actor: User | None, reason: str) -> None:
    """A second person said no, or nobody came: the reports wait for another decision."""
    for report in _of(sanction, ReportState.PROPOSED):
        report.sanction = None
        report.due_at = due(urgency=report.urgency, since=timezone.now())
        event = "drop" if actor else "drop_unseen"
        take_step(report, event, actor, reason=reason)


def follow_appeal(sanction: Sanction, event: str, actor: User) -> None:
    """Reports move with the objection to what they led to."""
    decided = {
        "appeal": sanction.kind,
        "uphold": ReportState.APPEALED,
        "reverse": ReportState.APPEALED,
    }
    for report in _of(sanction, decided[event]):
        if event == "reverse":
            report.outcome = ReportState.REVERSED
        take_step(report, event, actor)
        if event != "appeal":
            emails.tell_reporter(report)


def _of(sanction: Sanction, state: str) -> list[Report]:
    found = Report.objects.select_for_update(of=("self",)).filter(
        sanction=sanction, state=state
    )
    return list(found.order_by("pk"))


@transaction.atomic
def time_out_questions(*, now: datetime, limit: int = BATCH) -> int:
    """What employers left unanswered comes back to the moderators."""
    late = Report.objects.filter(state=ReportState.EVIDENCE_REQUESTED, due_at__lte=now)
    return _each(late, "time_out", limit)


@transaction.atomic
def close_reports(*, now: datetime, limit: int = BATCH) -> int:
    return _each(over(now=now), "close", limit)


def over(*, now: datetime) -> QuerySet[Report]:
    """Decided so long ago that nobody can object any more."""
    return Report.objects.filter(
        state__in=[*OUTCOMES.values(), ReportState.UPHELD, ReportState.REVERSED],
        decided_at__lte=now - APPEAL_PERIOD,
    )


def _each(rows: QuerySet[Report], event: str, limit: int) -> int:
    found = rows.select_for_update(skip_locked=True, of=("self",))
    cases = list(found.order_by("pk")[:limit])
    for report in cases:
        take_step(report, event, None)
    return len(cases)


def _triaged(report: Report, reviewer: User) -> None:
    """Deciding at once includes having looked how urgent it is."""
    if report.state == ReportState.OPEN:
        take_step(report, "triage", reviewer)


def _locked_for(report: Report, reviewer: User) -> Report:
    locked = lock(report)
    check_independent(
        user=reviewer, organization=locked.employer, posting=locked.posting
    )
    check_another(reviewer, locked.reporter_id)
    return locked


def reporters_of(sanction: Sanction) -> list[int | None]:
    """Who brought it up judges it neither first nor second."""
    return list(sanction.reports.values_list("reporter", flat=True))


def export_reports(user: User) -> list[dict[str, object]]:
    """What we hold about a person's own reports."""
    return [
        {
            "receipt": report.receipt,
            "about": report.posting.title if report.posting else str(report.employer),
            "category": report.category,
            "text": report.text,
            "state": report.state,
            "outcome": report.outcome,
            "reported_at": report.created_at.isoformat(),
        }
        for report in Report.objects.filter(reporter=user)
        .select_related("posting", "organization")
        .order_by("pk")
    ]


def forget_reporter(user: User) -> None:
    """The reports stay, because others are protected by them; the person is cut off."""
    Report.objects.filter(reporter=user).update(reporter=None)
