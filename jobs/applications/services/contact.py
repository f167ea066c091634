from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.enums import CallWish
from jobs.applications.access import invited_at, is_stopped, looks_on, open_look
from jobs.applications.enums import (
    ENDED_STATES,
    CallOutcome,
    CallRefusal,
    ContactChannel,
    InterviewBy,
    Side,
)
from jobs.applications.models import Application, ContactAttempt, ContactStop
from jobs.applications.rules.contact import CallFacts, call_refusal, shanghai_day
from jobs.applications.services.parties import check_side, lock_pair
from jobs.postings.enums import PostingState


class OutcomeRefused(TransitionRefused):
    """No such look at the number, or its outcome was already written down."""


class ApplicationEnded(TransitionRefused):
    """There is nothing left to settle."""


@transaction.atomic
def show_number(
    *, application: Application, actor: User, now: datetime | None = None
) -> ContactAttempt:
    """One look at the number, counted; a refused one is kept as well, with its reason.

    A second tap while the number is open finds the look that opened it.
    """
    now = now or timezone.now()
    locked = lock_pair(application)
    check_side(actor, locked, Side.EMPLOYER)
    if look := open_number(application=locked, actor=actor, now=now):
        return look
    refusal = why_not(locked, now=now)
    attempt = ContactAttempt.objects.create(
        application=locked,
        organization_id=locked.organization_id,
        seeker_id=locked.seeker_id,
        by=actor,
        at=now,
        day=shanghai_day(now),
        number=None if refusal else looks_on(locked, shanghai_day(now)) + 1,
        refusal=refusal or "",
    )
    record_event(
        action="application.number_refused" if refusal else "application.number_shown",
        actor=actor,
        on=locked,
        about=locked.seeker.user,
        detail={"reason": str(refusal)} if refusal else {},
    )
    return attempt


def open_number(
    *, application: Application, actor: User, now: datetime
) -> ContactAttempt | None:
    """The person's own look, while the number is still shown to them."""
    if why_not(application, now=now) not in {None, CallRefusal.TOO_OFTEN}:
        return None
    return open_look(actor, application, now=now)


def why_not(application: Application, *, now: datetime) -> CallRefusal | None:
    """What would stand against a look right now; reads, writes nothing."""
    return call_refusal(call_facts(application, now=now), now=now)


def call_facts(application: Application, *, now: datetime) -> CallFacts:
    by_phone = application.interview_by == InterviewBy.PHONE
    return CallFacts(
        state=application.state,
        calls=application.calls,
        made_today=looks_on(application, shanghai_day(now)),
        phone_talk_at=application.interview_at if by_phone else None,
        invited_at=invited_at(application) if by_phone else None,
        is_stopped=is_stopped(application, ContactChannel.PHONE),
        is_removed=application.posting.state == PostingState.REMOVED,
        is_verified=application.organization.is_verified(now=now),
    )


@transaction.atomic
def note_outcome(
    *, application: Application, actor: User, attempt_id: int, outcome: CallOutcome
) -> ContactAttempt:
    """How the call went, once; "no more calls" is kept as the seeker's word."""
    locked = lock_pair(application)
    check_side(actor, locked, Side.EMPLOYER)
    attempt = locked.attempts.filter(
        pk=attempt_id, number__isnull=False, outcome=""
    ).first()
    if attempt is None:
        raise OutcomeRefused(f"attempt {attempt_id}")
    attempt.outcome, attempt.outcome_at = outcome, timezone.now()
    attempt.save(update_fields=["outcome", "outcome_at"])
    if outcome == CallOutcome.ASKED_TO_STOP:
        _stop(locked, ContactChannel.PHONE, Side.EMPLOYER)
    record_event(
        action="application.call_noted",
        actor=actor,
        on=locked,
        about=locked.seeker.user,
        detail={"outcome": outcome.value},
    )
    return attempt


@transaction.atomic
def stop_contact(
    *, application: Application, actor: User, channel: ContactChannel
) -> None:
    """The seeker's no, to this application's whole organisation; a second tap is fine.

    Whoever wants no messages wants no calls either.
    """
    locked = lock_pair(application)
    check_side(actor, locked, Side.SEEKER)
    _stop(locked, ContactChannel.PHONE, Side.SEEKER)
    if channel == ContactChannel.MESSAGE:
        _stop(locked, ContactChannel.MESSAGE, Side.SEEKER)
    record_event(
        action="application.contact_stopped",
        actor=actor,
        on=locked,
        about=actor,
        detail={"channel": channel.value},
    )


def _stop(application: Application, channel: ContactChannel, said_by: Side) -> None:
    """Under the pair's lock: once is enough."""
    if not is_stopped(application, channel):
        ContactStop.objects.create(
            organization_id=application.organization_id,
            seeker_id=application.seeker_id,
            application=application,
            channel=channel,
            said_by=said_by,
            at=timezone.now(),
        )


@transaction.atomic
def change_calls(*, application: Application, actor: User, calls: CallWish) -> None:
    """The seeker thought again about calls for this one application."""
    locked = lock_pair(application)
    check_side(actor, locked, Side.SEEKER)
    if locked.state in ENDED_STATES:
        raise ApplicationEnded(locked.state)
    if locked.calls == calls:
        return
    locked.calls = calls
    locked.save(update_fields=["calls", "updated_at"])
    record_event(
        action="application.calls_changed",
        actor=actor,
        on=locked,
        about=actor,
        detail={"calls": calls.value},
    )
