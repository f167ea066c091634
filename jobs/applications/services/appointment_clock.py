"""What the clock does with appointments: reminders, offers that ran out, talks whose
time is over, employers that were asked for other times and said nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.identity.models import OutboxMessage
from jobs.applications import emails
from jobs.applications.enums import OPEN_INTERVIEWS, ApplicationState, InterviewState
from jobs.applications.models import Interview
from jobs.applications.rules.contact import delivery_at
from jobs.applications.rules.interviews import (
    LONG_BEFORE,
    SHORT_BEFORE,
    reminder_due,
)
from jobs.applications.rules.leaving import UNDO_FOR
from jobs.applications.services.interview_steps import close_interviews, take_step
from jobs.applications.services.parties import lock_application
from jobs.postings.enums import PostingState

BATCH = 2000
# Which reminder, how long before, and where it is noted.
REMINDERS = (
    ("long", LONG_BEFORE, "reminded_long_at"),
    ("short", SHORT_BEFORE, "reminded_short_at"),
)
logger = logging.getLogger(__name__)
Act = Callable[[Interview, datetime], bool]


def tend(*, now: datetime) -> dict[str, int]:
    """Safe to run twice and side by side: each round is taken under its own lock."""
    return {
        "reminded": _each(to_remind(now=now), now, _remind),
        "ended": _each(overdue(InterviewState.BOOKED, now=now), now, _end),
        "lapsed": _each(overdue(InterviewState.PROPOSED, now=now), now, _lapse),
        "asked_again": _each(unanswered(now=now), now, _ask_again),
        "closed": _each(left_behind(now=now), now, _close),
    }


def overdue(state: InterviewState, *, now: datetime) -> QuerySet[Interview]:
    return standing().filter(state=state, due_at__lte=now)


def standing() -> QuerySet[Interview]:
    """But for those of people who left: nobody is told anything about them."""
    return Interview.objects.exclude(application__state=ApplicationState.WITHDRAWN)


def left_behind(*, now: datetime) -> QuerySet[Interview]:
    """Still open where leaving cannot be undone any more."""
    return Interview.objects.filter(
        state__in=OPEN_INTERVIEWS,
        application__state=ApplicationState.WITHDRAWN,
        application__processed_at__lte=now - UNDO_FOR,
    )


def unanswered(*, now: datetime) -> QuerySet[Interview]:
    """Employers that were asked for other times three days ago."""
    rows = overdue(InterviewState.ASKED, now=now)
    return rows.filter(employer_reminded_at__isnull=True)


def to_remind(*, now: datetime) -> QuerySet[Interview]:
    """Settled talks that may have a reminder due; the rule has the last word."""
    soon = (
        standing()
        .filter(
            state=InterviewState.BOOKED,
            slot__starts_at__gt=now,
            slot__starts_at__lte=now + LONG_BEFORE,
        )
        .exclude(application__posting__state=PostingState.REMOVED)
    )
    # The evening before a talk at nine is more than two hours ahead.
    return soon.filter(
        Q(reminded_long_at__isnull=True) | Q(reminded_short_at__isnull=True)
    )


def _each(rows: QuerySet[Interview], now: datetime, act: Act) -> int:
    """How many rounds `act` did something about; a failure holds nobody up."""
    done = 0
    for pk in list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]):
        try:
            done += _one(rows.model.objects.get(pk=pk), rows, now, act)
        except Exception as error:  # noqa: BLE001 - it is tried again in ten minutes
            logger.warning("interview %s: %s", pk, type(error).__name__)
    return done


@transaction.atomic
def _one(found: Interview, rows: QuerySet[Interview], now: datetime, act: Act) -> bool:
    """Under the application's lock, as everybody's steps, and only if it still is so."""
    application = lock_application(found.application)
    interview = rows.filter(pk=found.pk).select_related("slot", "by_whom").first()
    if interview is None:
        return False
    interview.application = application
    return act(interview, now)


def _remind(interview: Interview, now: datetime) -> bool:
    slot, booked = interview.slot, interview.booked_at
    if slot is None or booked is None:
        return False
    due = [
        (name, noted)
        for name, before, noted in REMINDERS
        if getattr(interview, noted) is None
        and reminder_due(slot.starts_at, before, booked_at=booked, now=now)
    ]
    if not due:
        return False
    for _name, noted in due:
        setattr(interview, noted, now)
    interview.save(update_fields=[noted for _name, noted in due])
    # After an outage both may be due at once: one message is enough.
    emails.remind_of_appointment(interview, due[-1][0], now=now)
    return True


def _end(interview: Interview, now: datetime) -> bool:
    take_step(interview, "end", now=now)
    emails.ask_how_it_went(interview, now=now)
    return True


def _lapse(interview: Interview, now: datetime) -> bool:
    take_step(interview, "lapse", now=now)
    emails.tell_employer_of_appointment(interview, "lapsed")
    return True


def _ask_again(interview: Interview, now: datetime) -> bool:
    interview.employer_reminded_at = now
    interview.save(update_fields=["employer_reminded_at"])
    emails.tell_employer_of_appointment(interview, "waiting")
    return True


def _close(interview: Interview, now: datetime) -> bool:
    close_interviews(interview.application, now=now)
    return True


class Courier:
    """Looks at a reminder once more before it leaves: the talk may be off by now."""

    def leaves_at(self, message: OutboxMessage, now: datetime) -> datetime | None:
        public_id = emails.appointment_of(message.dedupe_key)
        if public_id is None:
            return None
        interview = (
            standing()
            .filter(
                public_id=public_id,
                state=InterviewState.BOOKED,
                slot__starts_at__gt=now,
            )
            .select_related("slot")
            .first()
        )
        if interview is None or interview.slot is None:
            return None
        moment = delivery_at(now)
        return moment if moment < interview.slot.starts_at else None

    def headers(self, message: OutboxMessage) -> dict[str, str]:
        del message
        return {}
