from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.enums import WAITING_STATES
from jobs.applications.models import Application
from jobs.applications.rules.workflow import ANSWER_WITHIN_DAYS, WARN_AFTER_DAYS
from jobs.applications.services import covenant
from jobs.applications.services.steps import give_up_waiting

BATCH = 2000
logger = logging.getLogger(__name__)


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
    return {
        "closed": _each(overdue(now=now), now, _close),
        "warned": _each(to_warn(now=now), now, _warn),
    }


def _each(
    rows: QuerySet[Application], now: datetime, act: Callable[[int, datetime], bool]
) -> int:
    """How many rows `act` moved; one that fails does not hold up those behind it."""
    moved = 0
    for pk in rows.order_by("submitted_at", "pk").values_list("pk", flat=True)[:BATCH]:
        try:
            moved += act(pk, now)
        except Exception as error:  # noqa: BLE001 - it is tried again in an hour
            logger.warning("application %s: %s", pk, type(error).__name__)
    return moved


def _close(pk: int, now: datetime) -> bool:
    """The end of the wait and what the silence costs stand or fall together."""
    application = Application.objects.get(pk=pk)
    try:
        with transaction.atomic():
            covenant.hold(application.organization_id)
            ended = give_up_waiting(application=application)
            covenant.note_breach(application=ended, now=now)
    except TransitionRefused:
        return False  # answered or withdrawn since the list was read
    return True


@transaction.atomic
def _warn(pk: int, now: datetime) -> bool:
    application = (
        to_warn(now=now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("posting", "organization", "seeker__user")
        .filter(pk=pk)
        .first()
    )
    if application is None:
        return False
    application.employer_warned_at = now
    application.save(update_fields=["employer_warned_at"])
    emails.tell_employer_reminder(application)
    return True
