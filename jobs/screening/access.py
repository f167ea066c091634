from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
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

from accounts.employers.access import debtor_data_refused, organization_for
from accounts.employers.models import Membership, Organization
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.postings.enums import LIVE_STATES, PostingState
from jobs.postings.models import Posting
from jobs.screening.enums import (
    AppealState,
    ChangeOutcome,
    Decision,
    Effect,
    Reason,
    ReportState,
    RunState,
    SanctionKind,
    SanctionState,
    Severity,
)
from jobs.screening.models.appeals import Appeal
from jobs.screening.models.findings import Finding
from jobs.screening.models.reports import UNDECIDED, Report
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.samples import SampleAudit
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import NEEDS_SECOND

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
    proposed = Sanction.objects.filter(
        posting=OuterRef("pk"),
        kind=SanctionKind.REMOVED,
        state=SanctionState.PROPOSED,
    )
    return (
        Posting.objects.filter(state=PostingState.IN_REVIEW)
        .exclude(Exists(proposed))
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


def proposed_removal(posting: Posting) -> Sanction | None:
    """A removal that waits for a second person."""
    return Sanction.objects.filter(
        posting=posting, kind=SanctionKind.REMOVED, state=SanctionState.PROPOSED
    ).first()


def is_held_back(posting: Posting) -> bool:
    """Whether a measure hides its words: one of this posting, or a grave one.

    Silence towards applicants says nothing against the words.
    """
    standing = Sanction.objects.closing(posting).exclude(
        basis__contains=[Reason.RESPONSE_COVENANT]
    )
    return standing.filter(Q(posting=posting) | Q(kind__in=NEEDS_SECOND)).exists()


def postings_held(postings: Iterable[Posting]) -> set[int]:
    """Those that a measure of their own keeps closed, by primary key."""
    standing = Sanction.objects.standing().exclude(kind=SanctionKind.WARNED)
    held = standing.filter(posting__in=[posting.pk for posting in postings])
    return set(held.values_list("posting", flat=True))


def is_closed(organization: Organization) -> bool:
    """Whether a measure keeps everything of this employer closed."""
    standing = Sanction.objects.standing().exclude(kind=SanctionKind.WARNED)
    return standing.filter(organization=organization, posting__isnull=True).exists()


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


def record_of(organization: Organization) -> dict[str, int]:
    """How often this employer's postings were published, sent back, taken down, and how
    often its people typed other people's data."""
    counts = ReviewDecision.objects.filter(posting__organization=organization)
    removed = Sanction.objects.filter(
        organization=organization, kind=SanctionKind.REMOVED
    ).exclude(state__in=[SanctionState.DROPPED, SanctionState.REVERSED])
    return counts.aggregate(
        approve=Count("pk", filter=Q(verdict="approve")),
        request_changes=Count("pk", filter=Q(verdict="request_changes")),
        reject=Count("pk", filter=Q(verdict="reject")),
    ) | {
        "remove": removed.count(),
        "debtor_data": debtor_data_refused(organization),
    }


def organization_for_moderator(user: User, public_id: UUID) -> Organization:
    moderators_only(user)
    return get_object_or_404(Organization, public_id=public_id)


# ---- Measures as the employer concerned sees them


def measures_on(user: User) -> QuerySet[Sanction]:
    """What was decided about the user's organisation, the newest first; else 404."""
    return (
        Sanction.objects.filter(organization=organization_for(user))
        .select_related("posting", "organization")
        .order_by("-at", "-pk")
    )


def measure_on(user: User, public_id: UUID) -> Sanction:
    return get_object_or_404(measures_on(user), public_id=public_id)


def questions_to(user: User) -> QuerySet[Report]:
    """What moderators ask the user's organisation; of the report itself not a word."""
    organization = organization_for(user)
    return (
        Report.objects.filter(
            Q(posting__organization=organization) | Q(organization=organization)
        )
        .exclude(question="")
        .select_related("posting")
        .defer("text")
        .order_by("due_at", "pk")
    )


def question_to(user: User, public_id: UUID) -> Report:
    return get_object_or_404(questions_to(user), public_id=public_id)


# ---- Reports as the people who made them see them


def report_by_receipt(receipt: str) -> Report | None:
    """Whoever holds the number may know what came of it."""
    return Report.objects.select_related("posting").filter(receipt=receipt).first()


def reports_by(user: User) -> QuerySet[Report]:
    return (
        Report.objects.filter(reporter=user)
        .select_related("posting", "organization")
        .order_by("-created_at", "-pk")
    )


def reportable_organization(public_id: UUID) -> Organization:
    """One that has had something published here; 404 otherwise."""
    shown = Posting.objects.filter(date_posted__isnull=False).values("organization")
    return get_object_or_404(Organization, public_id=public_id, pk__in=shown)


# ---- The moderators' other queues


def report_queue(user: User) -> QuerySet[Report]:
    """Undecided reports: the most urgent first, then what is due first."""
    moderators_only(user)
    return (
        Report.objects.filter(state__in=[ReportState.OPEN, ReportState.TRIAGED])
        .select_related("posting__organization", "organization")
        .defer("text", "snapshot")
        .order_by("urgency", "due_at", "pk")
    )


def asked_reports(user: User) -> QuerySet[Report]:
    """Reports that wait for an employer's answer."""
    moderators_only(user)
    return (
        Report.objects.filter(state=ReportState.EVIDENCE_REQUESTED)
        .select_related("posting__organization", "organization")
        .defer("text", "snapshot")
        .order_by("due_at", "pk")
    )


def report_for(user: User, public_id: UUID) -> Report:
    moderators_only(user)
    return get_object_or_404(
        Report.objects.select_related("posting__organization", "organization"),
        public_id=public_id,
    )


def second_look_queue(user: User) -> QuerySet[Sanction]:
    """Proposals that wait for a second person, the oldest first."""
    moderators_only(user)
    return (
        Sanction.objects.filter(state=SanctionState.PROPOSED)
        .select_related("posting", "organization")
        .order_by("at", "pk")
    )


def sanction_for(user: User, public_id: UUID) -> Sanction:
    moderators_only(user)
    return get_object_or_404(
        Sanction.objects.select_related(
            "posting__organization", "organization", "imposed_by", "confirmed_by"
        ),
        public_id=public_id,
    )


def appeal_queue(user: User) -> QuerySet[Appeal]:
    moderators_only(user)
    return (
        Appeal.objects.filter(state=AppealState.OPEN)
        .select_related("sanction__posting", "sanction__organization")
        .order_by("due_at", "pk")
    )


def appeal_for(user: User, public_id: UUID) -> Appeal:
    moderators_only(user)
    return get_object_or_404(
        Appeal.objects.select_related(
            "sanction__posting__organization", "sanction__organization"
        ),
        public_id=public_id,
    )


def queue_counts(user: User) -> dict[str, int]:
    """How many wait behind each tab; two queries."""
    ready = rescreen_runs(user).filter(state=RunState.READY)
    behind = {
        "reports": _how_many(report_queue(user)),
        "confirm": _how_many(second_look_queue(user)),
        "appeals": _how_many(appeal_queue(user)),
        "rule_changes": _how_many(changes_to_look_at(user)) + _how_many(ready),
        "samples": _how_many(samples_for(user).filter(result="")),
    }
    counts: Any = User.objects.filter(pk=user.pk).values(**behind).get()
    return {"postings": review_queue(user).count(), **counts}


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    """The number of rows, to be asked for together with others."""
    counted = rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def sanctions_on(organization: Organization) -> QuerySet[Sanction]:
    """For a moderator's page: everything that was ever decided about an employer."""
    return (
        Sanction.objects.filter(organization=organization)
        .select_related("posting")
        .order_by("-at", "-pk")
    )


def report_counts(organization: Organization) -> dict[str, int]:
    """How often this employer was reported, and how often that was right."""
    return Report.objects.filter(
        Q(posting__organization=organization) | Q(organization=organization)
    ).aggregate(
        all=Count("pk"),
        undecided=Count("pk", filter=Q(outcome="")),
        dismissed=Count("pk", filter=Q(outcome=ReportState.DISMISSED)),
        measures=Count("pk", filter=Q(outcome__in=SanctionKind.values)),
    )


def other_reports(report: Report) -> QuerySet[Report]:
    """Undecided ones about the same target."""
    return (
        Report.objects.filter(
            state__in=UNDECIDED,
            posting=report.posting,
            organization=report.organization,
        )
        .exclude(pk=report.pk)
        .order_by("created_at", "pk")
    )


# ---- Readings by new rules, and samples


def rescreen_runs(user: User) -> QuerySet[RescreenRun]:
    moderators_only(user)
    return RescreenRun.objects.select_related("applied_by").order_by("-started_at")


def rescreen_run_for(user: User, public_id: UUID) -> RescreenRun:
    return get_object_or_404(rescreen_runs(user), public_id=public_id)


def changes_to_look_at(user: User) -> QuerySet[RescreenChange]:
    """What new rules closed or doubt and nobody looked at yet, closed ones first."""
    moderators_only(user)
    return (
        RescreenChange.objects.filter(
            outcome__in=[ChangeOutcome.PAUSED, ChangeOutcome.KEPT],
            effect__in=[Effect.BLOCKED, Effect.REVIEW],
            looked_at__isnull=True,
            posting__state__in=LIVE_STATES,
        )
        .select_related("posting__organization")
        .order_by("effect", "applied_at", "pk")
    )


def change_for(user: User, pk: int) -> RescreenChange:
    moderators_only(user)
    return get_object_or_404(
        RescreenChange.objects.select_related("posting__organization"), pk=pk
    )


def samples_for(user: User) -> QuerySet[SampleAudit]:
    """Samples but those the reader decided about, and those of an organisation the
    reader belongs, or belonged, to."""
    moderators_only(user)
    own = Membership.objects.filter(user=user).values("organization")
    decided = ReviewDecision.objects.filter(reviewer=user).values("posting")
    return (
        SampleAudit.objects.exclude(posting__created_by=user)
        .exclude(posting__organization__in=own)
        .exclude(posting__in=decided)
        .select_related("posting__organization", "reviewer")
        .order_by("-month", "pk")
    )


def sample_for(user: User, public_id: UUID) -> SampleAudit:
    return get_object_or_404(samples_for(user), public_id=public_id)
