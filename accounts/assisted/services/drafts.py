"""A counselor writes answers down; the person takes them over, refuses, or says nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assisted import access, emails
from accounts.assisted.enums import DraftState, EndedBy, Origin
from accounts.assisted.models import AssistedProfile, AssistedStop
from accounts.assisted.rules import MOST_A_DAY, WAITS, is_over, needs_a_look
from accounts.assisted.services.grants import let_read
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.accounts import create_confirmed_account
from accounts.identity.services.audit import record_event
from accounts.identity.services.outbox import forget_message
from accounts.lib.crypto import fingerprint
from accounts.lib.short_codes import new_code
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import begin_profile, save_step

SLIP_LENGTH = 12
RECEIPT_LENGTH = 8


class DraftRefused(Exception):  # noqa: N818 - reads as the refusal it is
    """Nothing was written."""


class NotChecked(DraftRefused):
    """The counselor's credential is not checked, or the check ran out."""


class TooManyToday(DraftRefused):
    """More than one person can sit with in a day."""


class DraftOver(DraftRefused):
    """Taken over, refused or run out meanwhile."""


@transaction.atomic
def begin_for(
    *,
    sender: CounselorProfile,
    origin: Origin,
    label: str,
    contact: str,
    answers: Mapping[Step, Mapping[str, Any]],
) -> AssistedProfile:
    """Keep the answers and ask the person, by message or by a slip of paper.

    Where the contact has an account, said "not me" before or is asked already, an empty
    row takes the place of the draft: to the counselor it looks the same until it ends.
    """
    now = timezone.now()
    held = CounselorProfile.objects.select_for_update(of=("self",)).get(pk=sender.pk)
    if not held.is_verified(now=now):
        raise NotChecked
    mine = AssistedProfile.objects.filter(sender=held)
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyToday
    draft = AssistedProfile(
        sender=held,
        origin=origin,
        label=label,
        created_at=now,
        expires_at=now + WAITS,
    )
    if not contact:
        _write_slip(draft, answers)
    elif _may_ask(contact):
        _write_asking(draft, contact, answers)
    else:
        draft.save()
    record_event(action="assisted.begun", actor=held.user, on=draft, about=held.user)
    return draft


def _may_ask(contact: str) -> bool:
    holder = access.holder_of(contact)
    if holder is not None:
        emails.tell_holder(holder)
    return holder is None and not access.must_not_write_to(contact)


def _write_slip(draft: AssistedProfile, answers: Mapping[Step, Any]) -> None:
    draft.slip_code = new_code(SLIP_LENGTH)
    draft.slip_print = fingerprint(draft.slip_code, access.SLIP_PURPOSE)
    draft.answers = _packed(answers)
    draft.save()


def _write_asking(
    draft: AssistedProfile, contact: str, answers: Mapping[Step, Any]
) -> None:
    draft.contact = contact
    draft.contact_print = fingerprint(contact, access.CONTACT_PURPOSE)
    draft.answers = _packed(answers)
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        # Another counselor asked the same person at this moment.
        draft.pk, draft.contact, draft.contact_print, draft.answers = None, "", "", ""
        draft.save()
        return
    emails.ask_person(draft)


def _packed(answers: Mapping[Step, Any]) -> str:
    plain = {step.value: dict(values) for step, values in answers.items()}
    return json.dumps(plain, cls=DjangoJSONEncoder)


@transaction.atomic
def take_over_as_new(*, draft: AssistedProfile, language: str, lets_read: bool) -> User:
    """An account for whoever was asked: who has the link has the mailbox or the phone.

    Raises DraftOver, and ContactTaken where the person signed up meanwhile.
    """
    row = _open(draft)
    if not row.contact:
        raise DraftOver
    is_email = "@" in row.contact
    user = create_confirmed_account(
        kind=Kind.SEEKER,
        email=row.contact if is_email else "",
        phone="" if is_email else row.contact,
        name="",
        language=language,
    )
    _hand_over(row, user, lets_read=lets_read)
    return user


@transaction.atomic
def take_over(*, draft: AssistedProfile, user: User, lets_read: bool) -> SeekerProfile:
    """Into the account of somebody who signed in; what they answered before stays."""
    return _hand_over(_open(draft), user, lets_read=lets_read)


def _hand_over(row: AssistedProfile, user: User, *, lets_read: bool) -> SeekerProfile:
    answers: dict[str, Any] = json.loads(row.answers) if row.answers else {}
    profile = begin_profile(user=user)
    for step in Step:
        if step.value in answers and step.value not in profile.done_steps:
            profile = save_step(
                profile=profile, actor=user, step=step, answers=answers[step.value]
            )
    row.seeker = profile
    _close(row, DraftState.TAKEN_OVER)
    record_event(
        action="assisted.taken_over",
        actor=user,
        on=row,
        about=user,
        detail={"sender_kind": row.sender_kind, "origin": row.origin},
    )
    if lets_read:
        let_read(seeker=profile, counselor=row.sender, actor=user)
    return profile


@transaction.atomic
def contest(*, draft: AssistedProfile) -> str:
    """ "That is not me": gone at once. The receipt, also for a second tap."""
    row = _held(draft)
    if row.state == DraftState.ENDED and row.receipt:
        return row.receipt
    if row.state != DraftState.WAITING:
        raise DraftOver
    if row.contact_print:
        AssistedStop.objects.get_or_create(contact_print=row.contact_print)
    row.receipt = new_code(RECEIPT_LENGTH)
    _close(row, DraftState.ENDED, EndedBy.NOT_ME)
    number = access.contested_of(row.sender)
    if needs_a_look(number):
        emails.tell_moderators(row.sender, number)
    return row.receipt


def due_drafts(*, now: datetime) -> QuerySet[AssistedProfile]:
    return AssistedProfile.objects.filter(state=DraftState.WAITING, expires_at__lte=now)


def expire_drafts(*, now: datetime) -> int:
    """Erase what nobody took over in time."""
    due = due_drafts(now=now).values_list("pk", flat=True)
    return sum(_expire(pk, now) for pk in due)


@transaction.atomic
def _expire(pk: int, now: datetime) -> int:
    due = due_drafts(now=now).filter(pk=pk)
    row = due.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return 0
    _close(row, DraftState.ENDED, EndedBy.RUN_OUT)
    return 1


@transaction.atomic
def forget_assisted(user: User) -> None:
    """That somebody once filled in a profile for this person; what a counselor who
    leaves began is let go as well."""
    begun = AssistedProfile.objects.filter(sender__user=user, state=DraftState.WAITING)
    for row in begun.select_for_update(of=("self",)).select_related("sender__user"):
        _close(row, DraftState.ENDED, EndedBy.RUN_OUT)
    AssistedProfile.objects.filter(seeker__user=user).delete()


def _held(draft: AssistedProfile) -> AssistedProfile:
    held = AssistedProfile.objects.select_for_update(of=("self",))
    return held.select_related("sender__user").get(pk=draft.pk)


def _open(draft: AssistedProfile) -> AssistedProfile:
    row = _held(draft)
    waits = row.state == DraftState.WAITING
    if not waits or is_over(expires_at=row.expires_at, now=timezone.now()):
        raise DraftOver
    return row


def _close(row: AssistedProfile, state: DraftState, how: str = "") -> None:
    """Every word of the person goes, and the message to them as well."""
    row.label = row.contact = row.contact_print = ""
    row.slip_code = row.slip_print = row.answers = ""
    row.state, row.ended_by, row.ended_at = state, how, timezone.now()
    row.save()
    forget_message(dedupe_key=emails.key_of(row))
    record_event(action="assisted.closed", actor=None, on=row, about=row.sender.user)
    emails.tell_counselor(row)
