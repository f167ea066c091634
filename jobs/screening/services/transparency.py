"""Counts what the site did in a month; what is shown of it: rules.transparency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from accounts.identity.models import AuditEvent
from accounts.lib.dates import SHANGHAI, today
from jobs.postings.enums import PostingState
from jobs.postings.models import PostingTransition
from jobs.postings.rules.workflow import MODERATOR
from jobs.screening.enums import AppealState, Measure, SampleResult, Verdict
from jobs.screening.models.appeals import Appeal
from jobs.screening.models.reports import Report
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.samples import SampleAudit
from jobs.screening.models.transparency import TransparencyCount
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.transparency import finished_months, median

# An importer's refusal names its rules in the step's reason.
_BY_IMPORT = "screening: "
_EVENTS = {
    Measure.PUBLISHED: "approve",
    Measure.SENT_BACK: "request_changes",
    Measure.REFUSED: "reject",
    Measure.REMOVED: "remove",
}
_DECIDING = ("approve", "request_changes", "reject")
Span = tuple[datetime, datetime]


def count_transparency(*, months: Iterable[date] | None = None) -> int:
    """Count months anew, or those of the last twelve that were not counted yet, and
    the last one again: what was late is in by then. How many months."""
    wanted = list(months) if months is not None else _uncounted()
    for month in wanted:
        count_month(month)
    return len(wanted)


def _uncounted() -> list[date]:
    finished = finished_months(today())
    counted = set(
        TransparencyCount.objects.filter(month__in=finished)
        .values_list("month", flat=True)
        .distinct()
    )
    return [m for m in finished if m not in counted or m == finished[-1]]


@transaction.atomic
def count_month(month: date) -> None:
    """Put the figures of one month in place of those before."""
    span = _span(month)
    rows = [
        TransparencyCount(month=month, measure=measure, value=value)
        for measure, value in _figures(month, span).items()
    ]
    rows += [
        TransparencyCount(month=month, measure=Measure.BY_RULE, rule=rule, value=value)
        for rule, value in sorted(_stopped_by_rule(span).items())
    ]
    TransparencyCount.objects.filter(month=month).delete()
    # Two workers counting at once find the same.
    TransparencyCount.objects.bulk_create(rows, ignore_conflicts=True)


def _span(month: date) -> Span:
    """The month's first moment and the next one's, in Shanghai."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    first, after = (datetime.combine(d, time(), SHANGHAI) for d in (month, following))
    return first, after


def _figures(month: date, span: Span) -> dict[Measure, int]:
    steps = PostingTransition.objects.filter(at__gte=span[0], at__lt=span[1])
    blocked = _blocked(span)
    read = steps.filter(to_state=PostingState.IN_REVIEW)
    stopped = set(blocked.values_list("object_id", flat=True))
    sent_in = {str(key) for key in read.values_list("posting__public_id", flat=True)}
    minutes = list(_minutes_to_decision(span))
    samples = SampleAudit.objects.filter(month=month).exclude(result="")
    appeals = Appeal.objects.filter(decided_at__gte=span[0], decided_at__lt=span[1])
    return {
        Measure.SCREENED: len(sent_in | stopped),
        **{name: steps.filter(event=e).count() for name, e in _EVENTS.items()},
        Measure.DECIDED: len(minutes),
        Measure.MINUTES: round(median(minutes)),
        Measure.SAMPLED: samples.count(),
        Measure.SAMPLE_PROBLEMS: samples.filter(result=SampleResult.PROBLEM).count(),
        Measure.REPORTS: _reports(created_at=span),
        Measure.REPORTS_DECIDED: _reports(decided_at=span),
        Measure.APPEALS: appeals.count(),
        Measure.APPEALS_REVERSED: appeals.filter(state=AppealState.REVERSED).count(),
    }


def _reports(**moments: Span) -> int:
    ((name, (first, after)),) = moments.items()
    return Report.objects.filter(
        **{f"{name}__gte": first, f"{name}__lt": after}
    ).count()


def _blocked(span: Span) -> QuerySet[AuditEvent]:
    """What rules stopped before a person read it."""
    return AuditEvent.objects.filter(
        action="posting.blocked", at__gte=span[0], at__lt=span[1]
    )


def _minutes_to_decision(span: Span) -> Iterator[float]:
    """From being sent in to a moderator's word, for each word of the month."""
    sent_in = (
        PostingTransition.objects.filter(
            posting=OuterRef("posting"),
            to_state=PostingState.IN_REVIEW,
            at__lte=OuterRef("at"),
        )
        .order_by("-at", "-pk")
        .values("at")[:1]
    )
    decided = PostingTransition.objects.filter(
        event__in=_DECIDING, actor_kind=MODERATOR, at__gte=span[0], at__lt=span[1]
    ).annotate(waited=F("at") - Subquery(sent_in))
    for waited in decided.values_list("waited", flat=True):
        if waited is not None:
            yield waited.total_seconds() / 60


def _stopped_by_rule(span: Span) -> Counter[str]:
    """How many postings each rule stopped: on being sent in, or by a person's word.

    One posting counts once a month for a rule, however often it was tried.
    """
    pairs: set[tuple[str, str]] = set()
    for name, detail in _blocked(span).values_list("object_id", "detail"):
        pairs.update((name, rule) for rule in detail.get("rules", []))
    decisions = ReviewDecision.objects.filter(at__gte=span[0], at__lt=span[1])
    refused = decisions.exclude(verdict=Verdict.APPROVE)
    for key, rules in refused.values_list("posting__public_id", "rules"):
        pairs.update((str(key), rule) for rule in rules)
    imported = PostingTransition.objects.filter(
        event="reject",
        reason__startswith=_BY_IMPORT,
        at__gte=span[0],
        at__lt=span[1],
    )
    for key, reason in imported.values_list("posting__public_id", "reason"):
        names = reason.removeprefix(_BY_IMPORT).split(", ")
        pairs.update((str(key), rule) for rule in names)
    return Counter(rule for _, rule in pairs if _is_refusing(rule))


def _is_refusing(rule: str) -> bool:
    """A submission's trail names all its findings; good signs and advice stop nothing."""
    try:
        return default_catalogue().rule(rule).severity in {"block", "review"}
    except KeyError:
        return False
