"""How it is going, 7, 30 and 90 days after the first day."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.dates import local_day
from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.access_offers import answers_about, outcomes
from jobs.applications.enums import ApplicationState, Side
from jobs.applications.models import Application, RetentionCheck
from jobs.applications.rules.retention import (
    ASK_WITHIN,
    DAYS,
    OUTCOME_DAY,
    Share,
    asks_again,
    is_due,
    is_open,
    share,
)
from jobs.applications.services.parties import check_side, lock_application

BATCH = 2000
logger = logging.getLogger(__name__)


class CheckInOver(TransitionRefused):
    """Answered already, or its time has passed."""


def due(day: int, *, today: date) -> QuerySet[Application]:
    """Who began that many days ago and has not been asked yet."""
    first = today - timedelta(days=day)
    return (
        Application.objects.filter(
            state=ApplicationState.HIRED,
            offer_start__lte=first,
            offer_start__gt=first - ASK_WITHIN,
        )
        .exclude(pk__in=RetentionCheck.objects.filter(day=day).values("application"))
        .order_by("offer_start", "pk")
    )


def ask_retention(*, now: datetime) -> int:
    """Ask both sides; safe to run twice and side by side. How many were asked."""
    today = local_day(now)
    asked = 0
    for day in DAYS:
        for pk in due(day, today=today).values_list("pk", flat=True)[:BATCH]:
            try:
                asked += _ask(pk, day, now)
            except Exception as error:  # noqa: BLE001 - it is tried again tomorrow
                logger.warning("application %s: %s", pk, type(error).__name__)
    return asked


@transaction.atomic
def _ask(pk: int, day: int, now: datetime) -> int:
    """Under the application's lock, so that two workers ask once."""
    application = lock_application(Application(pk=pk))
    start, today = application.offer_start, local_day(now)
    if start is None or not is_due(start, day, today=today):
        return 0
    earlier = answers_about(application)
    if any(row.day == day for row in earlier):
        return 0
    asked = [side for side in Side if asks_again(earlier, side)]
    for side in asked:
        RetentionCheck.objects.create(
            application=application, day=day, respondent=side, asked_at=now
        )
        emails.tell_of_check_in(application, side, day)
    return len(asked)


@transaction.atomic
def answer_check_in(
    *,
    check: RetentionCheck,
    actor: User,
    answer: str,
    promised: str = "",
    debt_contact: str = "",
    wants_help: bool = False,
) -> RetentionCheck:
    """One answer from the side that was asked. Raises CheckInOver."""
    application = lock_application(check.application)
    check_side(actor, application, check.respondent)
    locked = RetentionCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    start, now = application.offer_start, timezone.now()
    is_late = start is None or not is_open(start, locked.day, today=local_day(now))
    if locked.answer or is_late:
        raise CheckInOver(f"check-in {locked.pk}")
    locked.answer, locked.answered_at = answer, now
    if locked.respondent == Side.SEEKER:
        locked.promised, locked.debt_contact = promised, debt_contact
        locked.wants_help = wants_help
    locked.save()
    # In the trail of whoever answered: neither side learns that the other did.
    record_event(
        action="application.check_in",
        actor=actor,
        on=application,
        about=actor,
        detail={"day": locked.day},
    )
    return locked


def count_retention() -> Share:
    """Of those who were asked after 90 days: how many are still there."""
    return share(outcomes(OUTCOME_DAY))


def export_check_ins(user: User) -> list[dict[str, Any]]:
    """What the person said themselves; the employer's answer is not theirs."""
    rows = RetentionCheck.objects.filter(
        application__seeker__user=user, respondent=Side.SEEKER
    )
    return [
        {
            "posting": row.application.posting.title,
            "day": row.day,
            "answer": row.answer,
            "promised": row.promised,
            "debt_contact": row.debt_contact,
            "wants_help": row.wants_help,
            "answered_at": row.answered_at.isoformat() if row.answered_at else "",
        }
        for row in rows.select_related("application__posting").order_by("pk")
    ]


def forget_check_ins(user: User) -> None:
    """Both sides' answers are about this person."""
    RetentionCheck.objects.filter(application__seeker__user=user).delete()
