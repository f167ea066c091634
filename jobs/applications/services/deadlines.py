from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.enums import WAITING_STATES
from jobs.applications.models import Application
from jobs.applications.rules.workflow import ANSWER_WITHIN_DAYS, WARN_AFTER_DAYS
from jobs.applications.services.steps import give_up_waiting

BATCH = 2000


def overdue(*, now: datetime) -> QuerySet[Application]:
    return Application.objects.filter(
        state__in=WAITING_STATES,
        submitted_at__lte=now - timedelta(days=ANSWER_WITHIN_DAYS),
    )


def to_warn(*, now: datetime) -> QuerySet[Application]:
    return Application.objects.filter(
        state__in=WAITING_STATES,
        employer_warned_at__isnull=True,
        submitted_at__lte=now - timedelta(days=WARN_AFTER_DAYS),
        submitted_at__gt=now - timedelta(days=ANSWER_WITHIN_DAYS),
    )


def chase(*, now: datetime) -> dict[str, int]:
    """Safe to run twice and side by side: each row is taken under its own lock."""
    return {"closed": _close_overdue(now), "warned": _warn(now)}


def _close_overdue(now: datetime) -> int:
    closed = 0
    for application in overdue(now=now).order_by("submitted_at")[:BATCH]:
        try:
            give_up_waiting(application=application)
        except TransitionRefused:
            continue  # answered or withdrawn since the list was read
        closed += 1
    return closed


def _warn(now: datetime) -> int:
    warned = 0
    for pk in (
        to_warn(now=now).order_by("submitted_at").values_list("pk", flat=True)[:BATCH]
    ):
        warned += _warn_one(pk, now)
    return warned


@transaction.atomic
def _warn_one(pk: int, now: datetime) -> int:
    application = (
        to_warn(now=now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("posting", "organization", "seeker__user")
        .filter(pk=pk)
        .first()
    )
    if application is None:
        return 0
    application.employer_warned_at = now
    application.save(update_fields=["employer_warned_at"])
    emails.tell_employer_reminder(application)
    return 1
