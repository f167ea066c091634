"""Offers, leaving and check-ins: who may read which row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from accounts.identity.models import User
from jobs.applications.access import (
    application_of,
    applications_of,
    received_application,
)
from jobs.applications.enums import ACTIVE_STATES, ApplicationState, Side
from jobs.applications.models import (
    Application,
    ApplicationTransition,
    Offer,
    RetentionCheck,
)
from jobs.applications.rules.leaving import UNDO_FOR, may_undo
from jobs.applications.rules.offers import ADVERT_FIELDS, advert_values
from jobs.applications.rules.retention import Answered, employed_at, is_open


def offer_of(application: Application) -> Offer | None:
    """The one that stands: the last revision."""
    return application.offers.order_by("-number").first()


def with_answer_by(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Each row with `answer_by`, the last day of the offer that stands, for lists."""
    latest = Offer.objects.filter(application=OuterRef("pk")).order_by("-number")
    return rows.annotate(answer_by=Subquery(latest.values("answer_by")[:1]))


def offers_to(user: User) -> list[Offer]:
    """A seeker's open offers, in the order in which they came; 404 for nobody."""
    mine = applications_of(user).filter(state=ApplicationState.OFFERED)
    latest = (
        Offer.objects.filter(application__in=mine.order_by().values("pk"))
        .select_related("application__posting__organization", "application__seeker")
        .order_by("application", "-number")
        .distinct("application")
    )
    return sorted(latest, key=lambda offer: (offer.made_at, offer.pk))


def advert_then(application: Application) -> dict[str, Any]:
    """What the advert said when the seeker applied."""
    posting = application.posting
    known = posting.revisions.filter(at__lte=application.submitted_at)
    revision = known.order_by("-number").first()
    if revision is not None:
        return advert_values(revision.content)
    return advert_values({name: getattr(posting, name) for name in ADVERT_FIELDS})


# ---- Leaving


def last_leaving(application: Application) -> ApplicationTransition | None:
    """The withdrawal that ended it, if nothing came after."""
    step = application.transitions.order_by("at", "pk").last()
    return step if step is not None and step.event == "withdraw" else None


def undo_open(application: Application, *, now: datetime) -> datetime | None:
    """Until when leaving can be undone; None once it cannot."""
    if application.state != ApplicationState.WITHDRAWN:
        return None
    step = last_leaving(application)
    if step is None or not may_undo(step.at, now=now):
        return None
    return step.at + UNDO_FOR


def hired_application(user: User, public_id: UUID) -> Application:
    """The accepted one, for whom it is; 404 else."""
    found = application_of(user, public_id)
    if found.state != ApplicationState.HIRED:
        raise Http404
    return found


def others_of(application: Application) -> QuerySet[Application]:
    """The seeker's other open applications."""
    others = applications_of(application.seeker.user).filter(state__in=ACTIVE_STATES)
    return others.exclude(pk=application.pk)


def undecided_beside(application: Application) -> QuerySet[Application]:
    """Of these, those nobody has said "keep" about."""
    return others_of(application).filter(kept_at__isnull=True)


def just_left(user: User, *, now: datetime) -> list[tuple[Application, datetime]]:
    """What a seeker withdrew within the last minutes, each with its last moment."""
    rows = applications_of(user).filter(
        state=ApplicationState.WITHDRAWN, processed_at__gt=now - UNDO_FOR
    )
    found = ((row, undo_open(row, now=now)) for row in rows)
    return [(row, until) for row, until in found if until is not None]


# ---- Check-ins


def check_in_of(user: User, public_id: UUID) -> tuple[Application, RetentionCheck]:
    """The seeker's newest question about this job; 404 while there is none."""
    application = application_of(user, public_id)
    return application, _newest(application, Side.SEEKER)


def received_check_in(
    user: User, public_id: UUID
) -> tuple[Application, RetentionCheck]:
    """The employer's own; never what the other side said."""
    application = received_application(user, public_id)
    return application, _newest(application, Side.EMPLOYER)


def _newest(application: Application, side: Side) -> RetentionCheck:
    row = application.check_ins.filter(respondent=side).order_by("-day").first()
    if row is None:
        raise Http404
    return row


def open_check_in(
    application: Application, side: Side, *, today: date
) -> RetentionCheck | None:
    """What this side has not answered yet and still can."""
    start = application.offer_start
    rows = application.check_ins.filter(respondent=side, answer="").order_by("-day")
    row = rows.first()
    if row is None or start is None or not is_open(start, row.day, today=today):
        return None
    return row


def open_check_ins_of(user: User, *, today: date) -> list[RetentionCheck]:
    """What a seeker can still answer, the newest first."""
    rows = RetentionCheck.objects.filter(
        application__seeker__user=user,
        application__offer_start__isnull=False,
        respondent=Side.SEEKER,
        answer="",
    )
    newest = rows.select_related("application").order_by("-day", "-pk")
    return [row for row in newest if _is_open(row, today)]


def _is_open(check: RetentionCheck, today: date) -> bool:
    start = check.application.offer_start
    return start is not None and is_open(start, check.day, today=today)


def answers_about(application: Application) -> list[Answered]:
    rows = application.check_ins.values_list("day", "respondent", "answer")
    return [Answered(*row) for row in rows]


def outcomes(day: int) -> Iterator[bool | None]:
    """For everybody who was asked about that day, or said earlier that it was over."""
    asked = RetentionCheck.objects.filter(day=day)
    over = RetentionCheck.objects.filter(day__lt=day, answer="no")
    people = {
        *asked.values_list("application", flat=True),
        *over.values_list("application", flat=True),
    }
    told: dict[int, list[Answered]] = {pk: [] for pk in people}
    rows = RetentionCheck.objects.filter(application__in=people)
    said = rows.values_list("application", "day", "respondent", "answer")
    for pk, asked_on, side, answer in said:
        told[pk].append(Answered(asked_on, side, answer))
    return (employed_at(day, answers) for answers in told.values())


# ---- Counted against adverts


@dataclass(frozen=True, slots=True)
class OfferRecord:
    """Offers of an organisation, each by its last revision."""

    made: int
    differing: int
    worse: int


def offer_record(organization: int, *, since: datetime) -> OfferRecord:
    """How often what was offered was not what the advert had said."""
    latest = (
        Offer.objects.filter(application__organization=organization, made_at__gte=since)
        .order_by("application", "-number")
        .distinct("application")
        .values_list("differs", "worse")
    )
    rows = list(latest)
    return OfferRecord(
        made=len(rows),
        differing=sum(bool(differs) for differs, _worse in rows),
        worse=sum(bool(worse) for _differs, worse in rows),
    )
