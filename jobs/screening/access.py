from __future__ import annotations

from uuid import UUID

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.postings.enums import LIVE_STATES, PostingState
from jobs.postings.models import Posting
from jobs.screening.enums import Decision, Severity
from jobs.screening.models.findings import Finding
from jobs.screening.models.review import ReviewDecision

MODERATING_KINDS = frozenset({Kind.MODERATOR, Kind.OPERATOR})
REVIEWABLE_STATES = frozenset({PostingState.IN_REVIEW}) | LIVE_STATES
# Smaller is riskier.
RISK = Case(
    When(screening_decision=Decision.BLOCK, then=Value(0)),
    When(disguised=True, then=Value(1)),
    When(screening_decision=Decision.REVIEW, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


def moderators_only(user: User) -> None:
    """404 for everyone who does not check postings."""
    if user.kind not in MODERATING_KINDS:
        raise Http404


def _count(*severities: Severity) -> Coalesce:
    found = (
        Finding.objects.filter(posting=OuterRef("pk"), severity__in=severities)
        .order_by()
        .values("posting")
        .annotate(total=Count("rule", distinct=True))
        .values("total")
    )
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def review_queue(user: User) -> QuerySet[Posting]:
    """What waits for a decision, the riskiest first, then what waits longest.

    Annotated with `risk` and with `blocks` and `reviews`, the rules raised.
    """
    moderators_only(user)
    return (
        Posting.objects.filter(state=PostingState.IN_REVIEW)
        .select_related("organization")
        .annotate(
            risk=RISK,
            blocks=_count(Severity.BLOCK),
            reviews=_count(Severity.REVIEW),
        )
        .order_by("risk", "submitted_at", "pk")
    )


def reviewable_posting(user: User, public_id: UUID) -> Posting:
    """What a moderator may decide about; 404 for everyone else and anything else."""
    moderators_only(user)
    return get_object_or_404(
        Posting.objects.filter(state__in=REVIEWABLE_STATES).select_related(
            "organization", "created_by"
        ),
        public_id=public_id,
    )


def decidable_posting(user: User, public_id: UUID) -> Posting:
    """Also what somebody decided a moment ago: the service says so, not a 404."""
    moderators_only(user)
    return get_object_or_404(
        Posting.objects.exclude(state=PostingState.DRAFT).select_related(
            "organization", "created_by"
        ),
        public_id=public_id,
    )


def findings_of(posting: Posting) -> QuerySet[Finding]:
    return Finding.objects.filter(posting=posting).order_by("field", "start", "pk")


def decisions_on(posting: Posting) -> QuerySet[ReviewDecision]:
    return ReviewDecision.objects.filter(posting=posting).order_by("at")


def positive_rules_of(posting: Posting) -> list[str]:
    """The good signs to show a seeker: none while anything blocks."""
    found = Finding.objects.filter(
        posting=posting, severity__in=[Severity.POSITIVE, Severity.BLOCK]
    ).values_list("rule", "severity")
    if any(severity == Severity.BLOCK for _, severity in found):
        return []
    return sorted({rule for rule, _ in found})


def employer_record(posting: Posting) -> dict[str, int]:
    """How often this employer's postings were published, sent back, taken down."""
    if posting.organization_id is None:
        return {}
    return ReviewDecision.objects.filter(
        posting__organization=posting.organization_id
    ).aggregate(
        approve=Count("pk", filter=Q(verdict="approve")),
        request_changes=Count("pk", filter=Q(verdict="request_changes")),
        reject=Count("pk", filter=Q(verdict="reject")),
        remove=Count("pk", filter=Q(verdict="remove")),
    )
