"""Offers: made, changed, accepted, watched until somebody answers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.dates import local_day
from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.access_offers import advert_then, offer_of
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application, Offer
from jobs.applications.rules.offers import (
    Terms,
    differences,
    earliest_answer,
    has_lapsed,
    probation_problem,
    runs_out,
    worse_than,
)
from jobs.applications.services.parties import lock_application
from jobs.applications.services.steps import Step, take_step

BATCH = 2000


class TermsRefused(TransitionRefused):
    """What the law does not allow, or too little time to answer; the reason says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def make_offer(
    *, application: Application, actor: User, version: int, terms: Terms
) -> Application:
    """Raises TermsRefused."""
    return _offer("offer", application, actor, version, terms)


def revise_offer(
    *, application: Application, actor: User, version: int, terms: Terms
) -> Application:
    """Other terms for an open offer: whoever read the old ones is told to read again.

    Raises TermsRefused.
    """
    return _offer("revise", application, actor, version, terms)


@transaction.atomic
def _offer(
    event: str, application: Application, actor: User, version: int, terms: Terms
) -> Application:
    now = timezone.now()
    if reason := _problem(terms, local_day(now)):
        raise TermsRefused(reason)
    changes = {"offer_pay": terms.base_pay, "offer_start": terms.start}
    detail = changes | {
        "variable_pay": terms.variable_pay,
        "answer_by": terms.answer_by,
    }
    step = Step(event, actor, expected_version=version, changes=changes, detail=detail)
    tell = {
        "offer": emails.tell_seeker_offer,
        "revise": emails.tell_seeker_offer_changed,
    }
    moved = take_step(application, step, then=tell[event])
    _keep(moved, actor, terms, now)
    return moved


def _problem(terms: Terms, today: date) -> str:
    if terms.answer_by < earliest_answer(today):
        return "too_soon"
    return probation_problem(
        contract_months=terms.contract_months,
        months=terms.probation_months,
        pay=terms.probation_pay,
        base_pay=terms.base_pay,
    )


def _keep(application: Application, actor: User, terms: Terms, now: datetime) -> Offer:
    """Under the application's lock, so numbers follow one another."""
    before = offer_of(application)
    advert = advert_then(application)
    return Offer.objects.create(
        application=application,
        number=before.number + 1 if before else 1,
        made_at=now,
        made_by=actor,
        advert=advert,
        differs=differences(terms, advert),
        worse=worse_than(terms, advert),
        **asdict(terms),
    )


def accept_offer(*, application: Application, actor: User, version: int) -> Application:
    """The version is that of the page: nobody accepts terms they have not read."""
    step = Step("accept", actor, expected_version=version)
    return take_step(application, step, then=emails.tell_employer_accepted)


# ---- The day by which an answer was asked for


def watched() -> QuerySet[Offer]:
    """The standing offers of open applications."""
    offered = Offer.objects.filter(application__state=ApplicationState.OFFERED)
    return offered.order_by("application", "-number").distinct("application")


def watch_offers(*, now: datetime) -> dict[str, int]:
    """Remind seekers the day before, tell both sides when the day is over.

    Nothing ends by itself. Safe to run twice and side by side.
    """
    today = local_day(now)
    counts = {"reminded": 0, "lapsed": 0}
    for offer in list(watched()[:BATCH]):
        if runs_out(offer.answer_by, today=today) and offer.reminded_at is None:
            counts["reminded"] += _note(offer, "reminded_at", now)
        elif has_lapsed(offer.answer_by, today=today) and offer.lapse_told_at is None:
            counts["lapsed"] += _note(offer, "lapse_told_at", now)
    return counts


@transaction.atomic
def _note(offer: Offer, field: str, now: datetime) -> bool:
    """Looked at again under the lock: answered or changed since the list was read."""
    application = lock_application(offer.application)
    current = offer_of(application)
    if application.state != ApplicationState.OFFERED or current != offer:
        return False
    if getattr(current, field) is not None:
        return False
    Offer.objects.filter(pk=offer.pk).update(**{field: now})
    if field == "reminded_at":
        emails.tell_seeker_offer_runs_out(application)
    else:
        emails.tell_both_offer_lapsed(application)
    record_event(
        action=f"application.offer_{'reminded' if field == 'reminded_at' else 'lapsed'}",
        actor=None,
        on=application,
        about=application.seeker.user,
    )
    return True


# ---- The person's own data


def export_offers(user: User) -> list[dict[str, Any]]:
    rows = Offer.objects.filter(application__seeker__user=user).order_by("pk")
    return [
        {
            "posting": row.application.posting.title,
            "number": row.number,
            "made_at": row.made_at.isoformat(),
            "base_pay": row.base_pay,
            "variable_pay": row.variable_pay,
            "variable_text": row.variable_text,
            "weekly_hours": str(row.weekly_hours or ""),
            "start": row.start.isoformat(),
            "other_terms": row.other_terms,
            "answer_by": row.answer_by.isoformat() if row.answer_by else "",
        }
        for row in rows.select_related("application__posting")
    ]


def forget_offers(user: User) -> None:
    """Free words may name somebody; figures and days name nobody and stay."""
    rows = Offer.objects.filter(application__seeker__user=user)
    rows.exclude(other_terms="").update(other_terms="")
