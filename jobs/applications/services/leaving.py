"""Leaving, and coming back within ten minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent, withdraw_consent
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.access import active_application
from jobs.applications.access_offers import last_leaving, others_of, undo_open
from jobs.applications.enums import LeavingReason, OtherChoice, Side
from jobs.applications.models import Application
from jobs.applications.services.parties import check_side, lock_application
from jobs.applications.services.steps import Step, take_step


class TooLate(TransitionRefused):
    """The ten minutes are over, or it was never withdrawn."""


class AppliedAgain(TransitionRefused):
    """There is a newer application to the same posting: that one counts."""


@transaction.atomic
def withdraw_application(
    *, application: Application, actor: User, reason: str = ""
) -> Application:
    """The seeker may leave at any time, whatever page they had open.

    The yes to sharing ends at once; the employer's message waits for ten minutes.
    `reason` is a LeavingReason, or nothing.
    """
    step = Step("withdraw", actor, reason)
    left = take_step(application, step, then=emails.tell_employer_withdrawn)
    withdraw_consent(
        user=left.seeker.user,
        purpose=Purpose.SEND_APPLICATION,
        scope=left.consent_scope,
    )
    return left


@transaction.atomic
def undo_withdrawal(
    *, application: Application, actor: User, now: datetime | None = None
) -> Application:
    """Back to where it stood, with the yes to sharing; the message is taken back.

    Raises TooLate, AppliedAgain, or PostingTakenDown.
    """
    now = now or timezone.now()
    locked = lock_application(application)
    check_side(actor, locked, Side.SEEKER)
    step = last_leaving(locked)
    if step is None or undo_open(locked, now=now) is None:
        raise TooLate(f"application {locked.pk}")
    # The posting's lock keeps a new application from slipping in between.
    if active_application(locked.seeker, locked.posting):
        raise AppliedAgain(f"application {locked.pk}")
    back = take_step(locked, Step("undo", actor, target=step.from_state))
    emails.forget_withdrawn(back)
    back.renewed_consent = grant_consent(
        user=actor,
        purpose=Purpose.SEND_APPLICATION,
        version=back.consent.version,
        scope=back.consent_scope,
    )
    back.save(update_fields=["renewed_consent", "updated_at"])
    return back


def settle_others(
    *, application: Application, actor: User, choices: Mapping[UUID, str]
) -> list[Application]:
    """After a yes: what the seeker chose for each other application; what was withdrawn.

    Each stands for itself: one that ended meanwhile does not hold up the rest.
    """
    left = []
    for other in others_of(application).order_by("pk"):
        choice = choices.get(other.public_id, OtherChoice.LATER)
        if choice == OtherChoice.KEEP:
            keep_open(application=other, actor=actor)
        elif choice == OtherChoice.WITHDRAW:
            try:
                left.append(
                    withdraw_application(
                        application=other, actor=actor, reason=LeavingReason.HAVE_WORK
                    )
                )
            except TransitionRefused:
                continue
    return left


@transaction.atomic
def keep_open(*, application: Application, actor: User) -> None:
    """The seeker said it stays; nobody else is told."""
    locked = lock_application(application)
    check_side(actor, locked, Side.SEEKER)
    if locked.kept_at is not None:
        return
    locked.kept_at = timezone.now()
    locked.save(update_fields=["kept_at", "updated_at"])
    record_event(action="application.kept", actor=actor, on=locked, about=actor)
