"""One step of a round of settling an interview, written down; the verbs that people
use are in interviews.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.applications.enums import (
    OPEN_INTERVIEWS,
    ApplicationState,
    InterviewState,
)
from jobs.applications.models import Application, Interview, InterviewStep
from jobs.applications.rules.interviews import INTERVIEW
from jobs.applications.rules.workflow import SYSTEM

# In which an application may have a round that is open.
SETTLING = frozenset({ApplicationState.SHORTLISTED, ApplicationState.INTERVIEW})


def lock_open(application: Application) -> Interview | None:
    """The application's open round; its own lock has been taken already."""
    return (
        application.interviews.filter(state__in=OPEN_INTERVIEWS)
        .select_for_update(of=("self",), no_key=True)
        .select_related("slot")
        .first()
    )


def take_step(
    interview: Interview,
    event: str,
    *,
    now: datetime,
    actor: User | None = None,
    side: str = SYSTEM,
    reason: str = "",
    **changes: Any,
) -> Interview:
    """By the table; raises TransitionRefused."""
    row = INTERVIEW.step(state=interview.state, event=event, actor=side, reason=reason)
    came_from, interview.state = interview.state, InterviewState(row.target)
    for name, value in changes.items():
        setattr(interview, name, value)
    if interview.state not in OPEN_INTERVIEWS:
        interview.ended_at = interview.ended_at or now
    interview.save()
    note_step(interview, event, came_from, now=now, actor=actor, side=side, text=reason)
    return interview


def note_step(
    interview: Interview,
    event: str,
    came_from: str,
    *,
    now: datetime,
    actor: User | None,
    side: str,
    text: str = "",
) -> None:
    InterviewStep.objects.create(
        interview=interview,
        event=event,
        from_state=came_from,
        to_state=interview.state,
        actor=actor,
        actor_kind=side,
        reason=text,
        at=now,
    )
    record_event(
        action=f"interview.{event}",
        actor=actor,
        on=interview,
        about=interview.application.seeker.user,
    )


def close_interviews(application: Application, *, now: datetime) -> None:
    """The application went on without it: nobody waits for a time any more.

    A talk that is over stays, so that both sides can still say how it went.
    """
    if application.state in SETTLING:
        return
    interview = lock_open(application)
    if interview is None:
        return
    interview.application = application
    slot = interview.slot
    if interview.state == InterviewState.BOOKED and slot and slot.ends_at <= now:
        take_step(interview, "end", now=now)
    else:
        take_step(interview, "close", now=now, sequence=interview.sequence + 1)
