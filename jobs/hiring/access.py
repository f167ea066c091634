"""What an employer finds on the desk; everything of it is the organisation's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404

from accounts.employers.access import admin_organization_for, organization_for
from accounts.identity.models import User
from jobs.applications.access import inbox_of, with_unread
from jobs.applications.enums import (
    ENDED_STATES,
    WAITING_STATES,
    ApplicationState,
    InterviewState,
    Side,
)
from jobs.applications.models import (
    Application,
    ApplicationTransition,
    Interview,
    Invitation,
)
from jobs.applications.rules.workflow import EMPLOYER
from jobs.hiring.enums import BatchOutcome
from jobs.hiring.models import Batch, ExportRecord
from jobs.hiring.rules.board import COLUMN_OF, COLUMNS
from jobs.hiring.rules.wanted import Sort, Wanted
from jobs.postings.models import Posting

# Cards of one column; the list has the rest.
SHOWN = 20
MOST_POSTINGS = 200
# States in which somebody could be read: the name of whoever left is not searched.
SETTLED = [InterviewState.BOOKED, InterviewState.NEEDS_OUTCOME]


def desk_of(user: User) -> QuerySet[Application]:
    """All that the organisation received, with what a card says."""
    return inbox_of(user).select_related(
        "posting", "seeker", "consent", "renewed_consent"
    )


def card_of(user: User, public_id: UUID) -> Application:
    """404 for everyone outside the organisation it was sent to."""
    return get_object_or_404(
        desk_of(user).select_related("organization", "seeker__user"),
        public_id=public_id,
    )


def picked_of(user: User, ids: Iterable[UUID]) -> QuerySet[Application]:
    """Those of the organisation's own among what was asked for."""
    found = desk_of(user).select_related("organization", "seeker__user")
    return found.filter(public_id__in=list(ids))


def postings_with_applications(user: User) -> list[tuple[UUID, str, str]]:
    """(id, title, city) of what somebody applied to, the newest first."""
    applied = Application.objects.filter(posting=OuterRef("pk"))
    rows = Posting.objects.filter(organization=organization_for(user))
    found = rows.filter(Exists(applied)).order_by("-pk")
    return list(found.values_list("public_id", "title", "city_code")[:MOST_POSTINGS])


def wanted_of(
    rows: QuerySet[Application], wanted: Wanted, user: User, *, now: datetime
) -> QuerySet[Application]:
    """All filters but the stage, so that the stages can be counted."""
    if wanted.posting:
        rows = rows.filter(posting__public_id=wanted.posting)
    if wanted.city:
        rows = rows.filter(posting__city_code=wanted.city)
    if wanted.waited or wanted.unanswered:
        rows = rows.filter(state__in=WAITING_STATES)
    if wanted.waited:
        rows = rows.filter(submitted_at__lte=now - timedelta(days=wanted.waited))
    if wanted.mine:
        rows = rows.filter(_in_touch(user))
    if wanted.talk:
        rows = rows.filter(_talk(wanted.talk))
    if wanted.source:
        invited = Q(Exists(Invitation.objects.filter(application=OuterRef("pk"))))
        rows = rows.filter(invited if wanted.source == "invited" else ~invited)
    if wanted.q:
        rows = rows.filter(Q(posting__title__icontains=wanted.q) | _named(wanted.q))
    return rows


def _in_touch(user: User) -> Q:
    """The reader invited them, or took a step with them; having looked is none."""
    took = ApplicationTransition.objects.filter(
        application=OuterRef("pk"), actor_id=user.pk, actor_kind=EMPLOYER
    ).exclude(event="view")
    asked = Invitation.objects.filter(application=OuterRef("pk"), invited_by_id=user.pk)
    return Q(Exists(took)) | Q(Exists(asked))


def _talk(wanted: str) -> Q:
    rounds = Interview.objects.filter(application=OuterRef("pk"))
    settled = Q(Exists(rounds.filter(state__in=SETTLED)))
    asked = [InterviewState.PROPOSED, InterviewState.ASKED]
    if wanted == "settled":
        return settled
    if wanted == "open":
        return Q(Exists(rounds.filter(state__in=asked)))
    return ~Q(Exists(rounds.filter(state__in=[*SETTLED, *asked])))


def _named(words: str) -> Q:
    """Only whoever can still be read is found by name."""
    stands = Q(renewed_consent__isnull=True, consent__withdrawn_at__isnull=True)
    renewed = Q(
        renewed_consent__isnull=False, renewed_consent__withdrawn_at__isnull=True
    )
    left = Q(state=ApplicationState.WITHDRAWN)
    return Q(snapshot__name__icontains=words) & (stands | renewed) & ~left


def counts_of(rows: QuerySet[Application]) -> dict[str, int]:
    """How many stand in each column; one query."""
    found = rows.order_by().values_list("state").annotate(total=Count("pk"))
    counts = dict.fromkeys(COLUMNS, 0)
    for state, total in found:
        counts[COLUMN_OF[state]] += total
    return counts


def board_of(
    rows: QuerySet[Application], sort: Sort, *, now: datetime
) -> dict[str, list[Application]]:
    """The first cards of every column, in two queries however many there are.

    What ended last comes first there, in the others whoever waits longest.
    """
    column = Case(
        *(
            When(state__in=sorted(states), then=Value(place))
            for place, states in enumerate(COLUMNS.values())
        ),
        output_field=IntegerField(),
    )
    waits = F("submitted_at").desc() if sort == Sort.NEWEST else F("submitted_at").asc()
    place = Window(
        RowNumber(),
        partition_by=column,
        order_by=[F("processed_at").desc(nulls_last=True), waits, F("pk").asc()],
    )
    numbered = rows.order_by().annotate(place=place).filter(place__lte=SHOWN)
    places = dict(numbered.values_list("pk", "place"))
    found: dict[str, list[Application]] = {name: [] for name in COLUMNS}
    for row in with_marks(rows.filter(pk__in=list(places)), now=now):
        found[COLUMN_OF[row.state]].append(row)
    for cards in found.values():
        cards.sort(key=lambda row: places[row.pk])
    return found


def with_marks(rows: QuerySet[Application], *, now: datetime) -> QuerySet[Application]:
    """Each with `unread` lines and whether it came after an invitation."""
    invited = Exists(Invitation.objects.filter(application=OuterRef("pk")))
    return with_unread(rows, Side.EMPLOYER, now=now).annotate(is_invited=invited)


def list_of(
    rows: QuerySet[Application], wanted: Wanted, after: UUID | None
) -> QuerySet[Application]:
    """In the order that was asked for, beginning behind `after`."""
    if wanted.stage:
        rows = rows.filter(state__in=COLUMNS[wanted.stage])
    rank = Case(
        When(state__in=sorted(WAITING_STATES), then=Value(0)),
        When(state__in=sorted(ENDED_STATES), then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    if wanted.sort != Sort.UNANSWERED:
        rank = Value(0, output_field=IntegerField())  # type: ignore[assignment]
    rows = rows.annotate(rank=rank)
    is_newest = wanted.sort == Sort.NEWEST
    sign = "-" if is_newest else ""
    last = rows.filter(public_id=after).first() if after else None
    if last is not None:
        rows = rows.filter(_behind(last, is_newest=is_newest))
    return rows.order_by("rank", f"{sign}submitted_at", f"{sign}pk")


def page_of(
    rows: QuerySet[Application],
    wanted: Wanted,
    after: UUID | None,
    *,
    size: int,
    now: datetime,
) -> list[Application]:
    """One page, and one row more where there are more; only its own rows are read
    whole, so that thousands behind it cost next to nothing."""
    ordered = list_of(rows.select_related(None), wanted, after)
    keys = list(ordered.values_list("pk", flat=True)[: size + 1])
    found = {row.pk: row for row in with_marks(rows.filter(pk__in=keys), now=now)}
    # Whoever was erased between the two reads is simply not there.
    return [found[key] for key in keys if key in found]


def _behind(last: Application, *, is_newest: bool) -> Q:
    then = "lt" if is_newest else "gt"
    rank: int = last.rank  # type: ignore[attr-defined]
    same = Q(rank=rank)
    later = Q(**{f"submitted_at__{then}": last.submitted_at})
    tied = Q(submitted_at=last.submitted_at, **{f"pk__{then}": last.pk})
    return Q(rank__gt=rank) | (same & (later | tied))


def last_step(application: Application) -> ApplicationTransition | None:
    steps = application.transitions.select_related("actor")
    return steps.order_by("-at", "-pk").first()


def batch_of(user: User, public_id: UUID) -> Batch:
    """For the colleague who sent it; 404 for everybody else."""
    organization = organization_for(user)
    found = Batch.objects.filter(organization=organization, by=user)
    return get_object_or_404(found, public_id=public_id)


def batch_rows(batch: Batch) -> list[tuple[Application, str, bool]]:
    """Each application with what became of it and whether it was done; the others
    first."""
    rows = batch.rows.select_related(
        "application__posting",
        "application__seeker",
        "application__consent",
        "application__renewed_consent",
    ).order_by("outcome", "pk")
    found = [
        (row.application, row.get_outcome_display(), row.outcome == BatchOutcome.DONE)
        for row in rows
    ]
    return sorted(found, key=lambda row: row[2])


def exports_of(user: User) -> QuerySet[ExportRecord]:
    """For the organisation's administrators: every file that left, the newest first."""
    organization = admin_organization_for(user)
    rows = ExportRecord.objects.filter(organization=organization)
    return rows.select_related("by").order_by("-at", "-pk")
