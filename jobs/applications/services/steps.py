from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent
from accounts.employers.enums import VerificationState
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.models import SeekerProfile
from jobs.applications import emails
from jobs.applications.enums import ENDED_STATES, ApplicationState, DeclineReason
from jobs.applications.models import Application, ApplicationTransition
from jobs.applications.rules.snapshot import SNAPSHOT_VERSION
from jobs.applications.rules.workflow import APPLICATION, EMPLOYER, SEEKER, SYSTEM
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting


class ApplicationError(Exception):
    """Why an application could not be made or moved on."""


class PostingNotOpen(ApplicationError):  # noqa: N818 - reads as the event it is
    """The posting expired, was filled, or is not open any more."""


class EmployerHidden(ApplicationError):  # noqa: N818
    """The seeker asked to stay hidden from this employer."""


class AlreadyMoved(ApplicationError):  # noqa: N818
    """Somebody else took a step since the page was opened."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.state)
        self.application = application


@dataclass(frozen=True, slots=True)
class Step:
    """One step to take; `changes` are fields that belong to the new state."""

    event: str
    actor: User | None
    actor_kind: str
    reason: str = ""
    expected_version: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)


def submit_application(
    *, seeker: SeekerProfile, posting: Posting, snapshot: dict[str, Any], message: str
) -> tuple[Application, bool]:
    """Send one application with the seeker's consent to share what is in `snapshot`.

    Returns (application, created): a second submission finds the first one.
    """
    _refuse_closed_or_hidden(seeker, posting)
    try:
        with transaction.atomic():
            application = _create(seeker, posting, snapshot, message)
    except IntegrityError:
        # Two taps at once: the constraint lets one through, both see that one.
        return Application.objects.exclude(state__in=ENDED_STATES).get(
            seeker=seeker, posting=posting
        ), False
    return application, True


def _refuse_closed_or_hidden(seeker: SeekerProfile, posting: Posting) -> None:
    organization = posting.organization
    if organization is None or not posting.is_open():
        raise PostingNotOpen(posting.state)
    if organization.verification != VerificationState.VERIFIED:
        raise PostingNotOpen(organization.verification)
    names = (organization.legal_name, organization.display_name)
    for block in seeker.blocks.all():
        if block.uscc == organization.uscc or block.name in names:
            raise EmployerHidden(organization.display_name)


def _create(
    seeker: SeekerProfile, posting: Posting, snapshot: dict[str, Any], message: str
) -> Application:
    # Read again under a lock: the posting may close in this very moment.
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    if not posting.is_open() or posting.organization_id is None:
        raise PostingNotOpen(posting.state)
    application = Application(
        posting=posting,
        organization_id=posting.organization_id,
        seeker=seeker,
        snapshot=snapshot | {"version": SNAPSHOT_VERSION},
        message=message,
    )
    application.consent = grant_consent(
        user=seeker.user,
        purpose=Purpose.SEND_APPLICATION,
        version="2026-11",
        scope=f"application:{application.public_id}",
    )
    application.save()
    _log(application, "submit", "", seeker.user, SEEKER, "")
    emails.tell_employer_new(application)
    emails.tell_seeker_sent(application)
    return application


def view_application(*, application: Application, actor: User) -> Application:
    """The employer opened it: the seeker is told once, later views change nothing."""
    if application.state != ApplicationState.SUBMITTED:
        return application
    try:
        return _take(
            application,
            Step("view", actor, EMPLOYER, changes={"viewed_at": timezone.now()}),
        )
    except TransitionRefused:
        application.refresh_from_db()
        return application


def shortlist_application(
    *, application: Application, actor: User, version: int
) -> Application:
    step = Step("shortlist", actor, EMPLOYER, expected_version=version)
    return _take(application, step, then=emails.tell_seeker_shortlisted)


def invite_to_interview(
    *, application: Application, actor: User, version: int, at: datetime, place: str
) -> Application:
    """Set or move the interview; `at` is aware."""
    changes = {"interview_at": at, "interview_place": place}
    step = Step("interview", actor, EMPLOYER, expected_version=version, changes=changes)
    return _take(application, step, then=emails.tell_seeker_interview)


def make_offer(
    *, application: Application, actor: User, version: int, pay: int, start: date
) -> Application:
    """`pay` in RMB a month before tax."""
    changes = {"offer_pay": pay, "offer_start": start}
    step = Step("offer", actor, EMPLOYER, expected_version=version, changes=changes)
    return _take(application, step, then=emails.tell_seeker_offer)


def postpone_application(
    *, application: Application, actor: User, version: int, reason: str
) -> Application:
    step = Step("postpone", actor, EMPLOYER, reason, version)
    return _take(application, step, then=emails.tell_seeker_on_hold)


def decline_application(
    *,
    application: Application,
    actor: User,
    version: int,
    reason: DeclineReason,
    message: str,
) -> Application:
    """End it with a reason about the job; `message` is read by the seeker."""
    changes = {"decline_reason": reason, "message_to_seeker": message}
    step = Step("decline", actor, EMPLOYER, str(reason), version, changes)
    return _take(application, step, then=emails.tell_seeker_declined)


def retract_offer(
    *, application: Application, actor: User, version: int, reason: str
) -> Application:
    changes = {"message_to_seeker": reason}
    step = Step("retract", actor, EMPLOYER, reason, version, changes)
    return _take(application, step, then=emails.tell_seeker_retracted)


def accept_offer(*, application: Application, actor: User, version: int) -> Application:
    step = Step("accept", actor, SEEKER, expected_version=version)
    return _take(application, step, then=emails.tell_employer_accepted)


def withdraw_application(*, application: Application, actor: User) -> Application:
    """The seeker may leave at any time, whatever page they had open."""
    step = Step("withdraw", actor, SEEKER)
    return _take(application, step, then=emails.tell_employer_withdrawn)


def give_up_waiting(*, application: Application) -> Application:
    """Silence is not a refusal: it has its own ending."""
    step = Step("give_up_waiting", None, SYSTEM)
    return _take(application, step, then=emails.tell_both_no_response)


@transaction.atomic
def _take(
    application: Application,
    step: Step,
    *,
    then: Callable[[Application], None] | None = None,
) -> Application:
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("posting", "organization", "seeker__user")
        .get(pk=application.pk)
    )
    if step.expected_version not in (None, locked.version):
        raise AlreadyMoved(locked)
    _refuse_on_removed_posting(locked, step)
    row = APPLICATION.step(
        state=locked.state, event=step.event, actor=step.actor_kind, reason=step.reason
    )
    came_from, locked.state = locked.state, row.target
    locked.version += 1
    for name, value in step.changes.items():
        setattr(locked, name, value)
    if locked.state in ENDED_STATES:
        locked.processed_at = timezone.now()
    locked.save()
    _log(locked, step.event, came_from, step.actor, step.actor_kind, step.reason)
    if then is not None:
        then(locked)
    return locked


def _refuse_on_removed_posting(application: Application, step: Step) -> None:
    """A posting taken down only lets people leave."""
    leaving = {"withdraw", "decline", "retract", "give_up_waiting"}
    removed = application.posting.state == PostingState.REMOVED
    if removed and step.event not in leaving:
        raise TransitionRefused("the posting was taken down")


def _log(
    application: Application,
    event: str,
    came_from: str,
    actor: User | None,
    actor_kind: str,
    reason: str,
) -> None:
    ApplicationTransition.objects.create(
        application=application,
        event=event,
        from_state=came_from,
        to_state=application.state,
        actor=actor,
        actor_kind=actor_kind,
        reason=reason,
    )
    record_event(
        action=f"application.{event}",
        actor=actor,
        on=application,
        about=application.seeker.user,
    )
