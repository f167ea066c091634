"""Leaving for good: hidden at once, a week to think it over, then erased by registry."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.consent import emails
from accounts.consent.access import active_consents_for
from accounts.consent.descriptions import Obstacle, leavers, remainders
from accounts.consent.enums import DeletionState, Purpose
from accounts.consent.models import AccountDeletion, DataExport
from accounts.consent.registry import erase_person
from accounts.consent.rules.workflow import DELETION, PERSON, SYSTEM, THINK_OVER
from accounts.consent.services import withdraw_consent
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.identity.services.leaving import sign_out_everywhere
from accounts.lib.workflow import TransitionRefused

logger = logging.getLogger(__name__)
BATCH = 50


class CannotLeave(TransitionRefused):
    """Something has to be settled first; `obstacle` says what and where."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(str(obstacle.url))
        self.obstacle = obstacle


def obstacles_for(user: User) -> list[Obstacle]:
    found = (one.obstacle(user) for one in leavers() if one.obstacle is not None)
    return [obstacle for obstacle in found if obstacle is not None]


@transaction.atomic
def request_deletion(*, user: User) -> AccountDeletion:
    """From this moment nobody sees the person; in a week nothing of them is left.

    A second tap finds the first one. Raises CannotLeave.
    """
    row = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if waiting := _waiting(row):
        return waiting
    for obstacle in obstacles_for(row):
        raise CannotLeave(obstacle)
    now = timezone.now()
    deletion = AccountDeletion.objects.create(
        user=row, requested_at=now, due_at=now + THINK_OVER
    )
    row.leaving_at = deletion.due_at
    row.save(update_fields=["leaving_at"])
    for leaver in leavers():
        if leaver.hide is not None:
            leaver.hide(row)
    record_event(action="privacy.deletion_asked", actor=row, on=deletion, about=row)
    emails.tell_deletion_asked(deletion)
    sign_out_everywhere(row)
    return deletion


@transaction.atomic
def stay(*, user: User) -> bool:
    """Take it back; False when there is nothing to take back any more."""
    row = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    row.leaving_at = None
    row.save(update_fields=["leaving_at"])
    deletion = _waiting(user)
    if deletion is None:
        return False
    deletion.state = _step(deletion, "stay", PERSON)
    deletion.ended_at = timezone.now()
    deletion.save(update_fields=["state", "ended_at"])
    record_event(
        action="privacy.deletion_cancelled", actor=user, on=deletion, about=user
    )
    return True


def due_deletions(*, now: datetime) -> QuerySet[AccountDeletion]:
    waiting = AccountDeletion.objects.filter(state=DeletionState.WAITING)
    return waiting.filter(due_at__lte=now).order_by("due_at", "pk")


def erase_due(*, now: datetime, watch: Callable[[], None] | None = None) -> int:
    """Erase everybody whose week is over, one account a transaction.

    A worker that dies leaves an account whole; the next run erases it.
    """
    erased = 0
    for pk in due_deletions(now=now).values_list("pk", flat=True)[:BATCH]:
        try:
            erased += erase_one(deletion_id=pk, now=now)
        except Exception:
            # One that cannot be erased keeps nobody else waiting; it is tried again.
            logger.exception("account deletion %s failed", pk)
        if watch is not None:
            watch()
    return erased


@transaction.atomic
def erase_one(*, deletion_id: int, now: datetime) -> bool:
    """All or nothing: registry, receipt and its message belong to one transaction."""
    deletion = (
        AccountDeletion.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=deletion_id, state=DeletionState.WAITING, due_at__lte=now)
        .first()
    )
    if deletion is None:
        return False
    user = User.objects.select_for_update(of=("self",)).get(pk=deletion.user_id)
    goodbye = emails.address_of(user)
    cut_off = {one.code: one.count(user) for one in remainders() if one.is_cut_off}
    erase_person(user)
    deletion.state, deletion.ended_at = _step(deletion, "erase", SYSTEM), now
    deletion.kept = kept_of(user, cut_off)
    deletion.save()
    emails.tell_erased(deletion, goodbye)
    return True


def kept_of(user: User, cut_off: Mapping[str, int] | None = None) -> list[list[object]]:
    """What stays of somebody, as code and number; nothing that is not there.

    What was cut off from the person can only be counted before.
    """
    known = cut_off or {}
    counted = [
        (one.code, known.get(one.code) or one.count(user)) for one in remainders()
    ]
    return [[code, number] for code, number in counted if number]


@transaction.atomic
def erase_consents(user: User) -> None:
    """Every yes ends; when it was given and taken back stays, because we must show it."""
    for consent in active_consents_for(user):
        withdraw_consent(
            user=user, purpose=Purpose(consent.purpose), scope=consent.scope
        )
    DataExport.objects.filter(user=user).delete()


def _waiting(user: User) -> AccountDeletion | None:
    found = AccountDeletion.objects.filter(user=user, state=DeletionState.WAITING)
    return found.select_for_update(of=("self",)).first()


def _step(row: AccountDeletion, event: str, actor: str) -> DeletionState:
    return DeletionState(
        DELETION.step(state=row.state, event=event, actor=actor).target
    )
