from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.identity.models import User
from accounts.lib.dates import local_day
from jobs.applications.access_offers import advert_then
from jobs.applications.enums import Side
from jobs.applications.models import Application, Offer, RetentionCheck
from jobs.applications.rules.offers import (
    Terms,
    differences,
    earliest_answer,
    most_probation,
    worse_than,
)

# What a demo employer offers where its advert left something open.
USUAL: dict[str, Any] = {
    "pay_months": 12,
    "contract_months": 36,
    "probation_months": 0,
    "weekly_hours": 40,
    "shift": "day",
    "rest": "double",
    "social_insurance": True,
    "employment_type": "full_time",
}
PLACE = ("city_code", "district", "street")
# How long after the question somebody answered.
ANSWERED_AFTER = timedelta(hours=5)


def load_offer(
    application: Application, story: dict[str, Any], member: User, *, now: datetime
) -> None:
    """The terms behind the story's offer: the advert's, but for what it says itself."""
    for event in story["events"]:
        if event["event"] == "offer":
            step = application.transitions.get(event="offer")
            terms = _terms(application, event, step.at, now)
            advert = advert_then(application)
            Offer.objects.create(
                application=application,
                number=1,
                made_at=step.at,
                made_by=member,
                advert=advert,
                differs=differences(terms, advert),
                worse=worse_than(terms, advert),
                **asdict(terms),
            )


def _terms(
    application: Application, event: dict[str, Any], at: datetime, now: datetime
) -> Terms:
    posting, told = application.posting, event.get("offer", {})
    known = {name: getattr(posting, name) for name in (*USUAL, *PLACE)}
    values = USUAL | {k: v for k, v in known.items() if v not in (None, "")} | told
    base = int(event["offer_pay"])
    start = local_day(now) + timedelta(days=event["start_in_days"])
    usual = max(earliest_answer(local_day(at)), local_day(at) + timedelta(days=6))
    asked = told.get("answer_in_days")
    months = min(values["probation_months"], most_probation(values["contract_months"]))
    values |= {
        "base_pay": base,
        "variable_pay": told.get("variable_pay", 0),
        "variable_text": told.get("variable_text", ""),
        "probation_months": months,
        "probation_pay": told.get("probation_pay", base) if months else None,
        "weekly_hours": Decimal(str(values["weekly_hours"])),
        "start": start,
        "answer_by": local_day(now) + timedelta(days=asked) if asked else usual,
        "other_terms": event.get("text", ""),
    }
    values.pop("answer_in_days", None)
    return Terms(**values)


def load_check_ins(
    application: Application, story: dict[str, Any], *, now: datetime
) -> None:
    """Questions after the first day; an empty answer is still open."""
    for row in story.get("check_ins", []):
        start = application.offer_start
        assert start is not None
        asked = now - timedelta(days=(local_day(now) - start).days - row["day"])
        given = row.get("answer", "")
        for side in Side:
            answer = given if side == Side.SEEKER else row.get("employer", "")
            RetentionCheck.objects.create(
                application=application,
                day=row["day"],
                respondent=side,
                asked_at=asked,
                answer=answer,
                answered_at=asked + ANSWERED_AFTER if answer else None,
                promised="as_said" if side == Side.SEEKER and answer else "",
                debt_contact="none" if side == Side.SEEKER and answer else "",
            )
