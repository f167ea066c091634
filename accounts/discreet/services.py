from __future__ import annotations

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from accounts.discreet.enums import Try
from accounts.discreet.models import Pin
from accounts.discreet.rules.lock import MOST_WRONG, is_easy, is_well_formed
from accounts.identity.models import User
from accounts.identity.services.audit import record_event


@transaction.atomic
def set_pin(*, user: User, pin: str, idle_minutes: int, keep_session: str) -> Pin:
    """Set or change it. Other places are signed out: they do not know of it yet."""
    if not is_well_formed(pin) or is_easy(pin):
        raise ValueError("not a PIN we take")
    row, created = Pin.objects.update_or_create(
        user=user,
        defaults={
            "secret": make_password(pin),
            "idle_minutes": idle_minutes,
            "wrong_tries": 0,
            "set_at": timezone.now(),
        },
    )
    action = "discreet.pin_set" if created else "discreet.pin_changed"
    record_event(action=action, actor=user, on=user, about=user)
    _end_sessions(user=user, keep=keep_session)
    return row


@transaction.atomic
def remove_pin(*, user: User) -> bool:
    removed, _rows = Pin.objects.filter(user=user).delete()
    if removed:
        record_event(action="discreet.pin_removed", actor=user, on=user, about=user)
    return bool(removed)


@transaction.atomic
def try_pin(*, user: User, pin: str) -> Try:
    """One try at a time for one person, whatever is sent at once."""
    row = Pin.objects.select_for_update(of=("self",)).filter(user=user).first()
    if row is None:  # removed somewhere else meanwhile: nothing is asked any more
        return Try.RIGHT
    if row.wrong_tries >= MOST_WRONG:
        return Try.SPENT
    if check_password(pin, row.secret):
        _count(row, 0)
        return Try.RIGHT
    _count(row, row.wrong_tries + 1)
    if row.wrong_tries < MOST_WRONG:
        return Try.WRONG
    record_event(action="discreet.pin_tries_spent", actor=user, on=user, about=user)
    return Try.SPENT


@transaction.atomic
def forgive_tries(*, user: User) -> None:
    """They proved who they are in the ordinary way."""
    Pin.objects.filter(user=user, wrong_tries__gt=0).update(wrong_tries=0)


@transaction.atomic
def sign_out_everywhere(*, user: User) -> None:
    _end_sessions(user=user)
    action = "discreet.signed_out_everywhere"
    record_event(action=action, actor=user, on=user, about=user)


def erase_pin(user: User) -> None:
    Pin.objects.filter(user=user).delete()


def _count(row: Pin, tries: int) -> None:
    if row.wrong_tries != tries:
        row.wrong_tries = tries
        row.save(update_fields=["wrong_tries"])


def _end_sessions(*, user: User, keep: str = "") -> None:
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep)
    if found := list(sessions):
        get_adapter().end_sessions(found)
