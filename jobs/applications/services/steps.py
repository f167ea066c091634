from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.access import interviews_on
from jobs.applications.enums import ENDED_STATES, ApplicationState, DeclineReason
from jobs.applications.models import Application
from jobs.applications.rules.contact import INTERVIEWS_A_DAY, shanghai_day
from jobs.applications.rules.workflow import APPLICATION, LEAVING
from jobs.applications.services.history import log_step
from jobs.applications.services.interview_steps import close_interviews
from jobs.applications.services.parties import lock_application, side_of
from jobs.postings.enums import PostingState

# What an application says while no interview is settled.
NOT_SETTLED = {"interview_at": None, "interview_by": "", "interview_place": ""}


class AlreadyMoved(TransitionRefused):
    """Somebody else took a step since the page was opened."""


class PostingTakenDown(TransitionRefused):
    """The posting was removed: only leaving is possible."""


class MovedTooOften(TransitionRefused):
    """The interview was set or moved as often as one day allows."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step to take; `changes` are fields that belong to the new state.

    Without an actor it is the system's. `target` chooses the row of an undo; `detail`
    is what the history keeps, the changes where it is empty.
    """

    event: str
    actor: User | None
    reason: str = ""
    expected_version: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    target: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


def view_application(*, application: Application, actor: User) -> Application:
    """The employer opened it: the seeker is told once, later views change nothing."""
    if application.state != ApplicationState.SUBMITTED:
        return application
    seen = {"viewed_at": timezone.now()}
    try:
        return take_step(application, Step("view", actor, changes=seen))
    except TransitionRefused:
        application.refresh_from_db()
        return application


def shortlist_application(
    *, application: Application, actor: User, version: int
) -> Application:
    step = Step("shortlist", actor, expected_version=version)
    return take_step(application, step, then=emails.tell_seeker_shortlisted)


def propose_times(
    *, application: Application, actor: User, version: int, is_move: bool
) -> Application:
    """Times are on offer; whatever was settled before is not any more.

    Raises MovedTooOften.
    """
    step = Step("propose", actor, "", version, dict(NOT_SETTLED))
    tell = emails.tell_seeker_moved if is_move else emails.tell_seeker_interview
    return take_step(application, step, then=tell)


def pick_time(
    *, application: Application, actor: User, at: datetime, by: str, place: str
) -> Application:
    changes = {"interview_at": at, "interview_by": by, "interview_place": place}
    return take_step(application, Step("pick", actor, changes=changes))


def call_off_interview(
    *, application: Application, actor: User, reason: str
) -> Application:
    """The talk is off, the application goes on."""
    step = Step("call_off", actor, reason, changes=dict(NOT_SETTLED))
    return take_step(application, step)


def postpone_application(
    *, application: Application, actor: User, version: int, reason: str
) -> Application:
    step = Step("postpone", actor, reason, version)
    return take_step(application, step, then=emails.tell_seeker_on_hold)


def decline_application(
    *,
    application: Application,
    actor: User,
    version: int,
    reason: DeclineReason,
    message: str,
    skill: str = "",
) -> Application:
    """End it with a reason about the job; `message` is read by the seeker.

    `skill` is a code of the map of work, where a skill was what was missing.
    """
    changes = {
        "decline_reason": reason,
        "decline_skill": skill if reason == DeclineReason.SKILL else "",
        "message_to_seeker": message,
    }
    step = Step("decline", actor, str(reason), version, changes)
    return take_step(application, step, then=emails.tell_seeker_declined)


def retract_offer(
    *, application: Application, actor: User, version: int, reason: str
) -> Application:
    changes = {"message_to_seeker": reason}
    step = Step("retract", actor, reason, version, changes)
    return take_step(application, step, then=emails.tell_seeker_retracted)


def give_up_waiting(*, application: Application) -> Application:
    """Silence is not a refusal: it has its own ending."""
    step = Step("give_up_waiting", None)
    return take_step(application, step, then=emails.tell_both_no_response)


@transaction.atomic
def take_step(
    application: Application,
    step: Step,
    *,
    then: Callable[[Application], None] | None = None,
) -> Application:
    locked = lock_application(application)
    if step.expected_version not in (None, locked.version):
        raise AlreadyMoved(f"application is at version {locked.version}")
    if locked.posting.state == PostingState.REMOVED and step.event not in LEAVING:
        raise PostingTakenDown(step.event)
    side = side_of(step.actor, locked)
    row = APPLICATION.step(
        state=locked.state,
        event=step.event,
        actor=side,
        reason=step.reason,
        target=step.target,
    )
    if step.event == "propose":
        _check_moves(locked)
    came_from, locked.state = locked.state, row.target
    locked.version += 1
    for name, value in step.changes.items():
        setattr(locked, name, value)
    locked.processed_at = timezone.now() if locked.state in ENDED_STATES else None
    locked.save()
    if step.event != "withdraw":
        # Leaving can be undone: its talk stays as it is until then (appointment_clock).
        close_interviews(locked, now=timezone.now())
    log_step(
        locked,
        step.event,
        actor=step.actor,
        actor_kind=side,
        came_from=came_from,
        reason=step.reason,
        detail=step.detail or step.changes,
    )
    if then is not None:
        then(locked)
    return locked


def _check_moves(locked: Application) -> None:
    """Under the application's lock, so that two colleagues count one another."""
    today = shanghai_day(timezone.now())
    if interviews_on(locked, today) >= INTERVIEWS_A_DAY:
        raise MovedTooOften(f"application {locked.pk} on {today}")
