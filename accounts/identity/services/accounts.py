from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.identity.emails import send_staff_invitation
from accounts.identity.enums import SELF_SERVICE_KINDS
from accounts.identity.models import User
from accounts.identity.registry import tell_signup_followers
from accounts.identity.services.audit import record_event
from accounts.lib.text import clean_line


class ContactTaken(Exception):  # noqa: N818 - reads as the event it is
    """Another account already uses this address."""


@transaction.atomic
def create_account(
    *, user: User, kind: str, email: str = "", phone: str = "", language: str
) -> User:
    """Write a person who signs up; the password is already set or unusable."""
    if kind not in SELF_SERVICE_KINDS:
        raise ValueError(f"{kind} accounts are made by invitation")
    user.kind, user.language = kind, language
    user.email, user.phone = email or None, phone or None
    user.save()
    record_event(action="identity.signed_up", actor=user, on=user, about=user)
    tell_signup_followers(user)
    return user


@transaction.atomic
def create_staff(
    *, kind: str, email: str, name: str = "", language: str = "zh-hans"
) -> User:
    """An account for somebody the operator knows; they sign in by one-time code."""
    user = create_confirmed_account(
        kind=kind, email=email, name=name, language=language
    )
    send_staff_invitation(user)
    return user


@transaction.atomic
def create_confirmed_account(
    *,
    kind: str,
    email: str,
    name: str,
    language: str,
    password: str | None = None,
    phone: str = "",
) -> User:
    """An account whose address or number is known to be theirs: a link went there."""
    email = email.lower()
    drop_unconfirmed(contact=email or phone)
    if contact_is_taken(email or phone):
        raise ContactTaken(email or phone)
    user = User.objects.create_user(
        email or None,
        password,
        kind=kind,
        phone=phone or None,
        phone_verified=bool(phone),
        display_name=clean_line(name)[:60],
        language=language,
    )
    if email:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record_event(
        action="identity.invited",
        actor=None,
        on=user,
        about=user,
        detail={"kind": kind},
    )
    tell_signup_followers(user)
    return user


def contact_is_taken(contact: str) -> bool:
    if "@" not in contact:
        return User.objects.filter(phone=contact).exists()
    return (
        User.objects.filter(email=contact).exists()
        or EmailAddress.objects.filter(email=contact).exists()
    )


def unconfirmed_holders(contact: str) -> Iterable[User]:
    """Accounts that claim a contact, never proved it and never signed in."""
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    holds = Q(email=contact) if "@" in contact else Q(phone=contact)
    return (
        User.objects.filter(
            holds,
            kind__in=SELF_SERVICE_KINDS,
            phone_verified=False,
            last_login__isnull=True,
        )
        .exclude(Exists(proven))
        .select_for_update(of=("self",))
    )


@transaction.atomic
def drop_unconfirmed(*, contact: str, keep: User | None = None) -> int:
    """Make room for the person who can prove the contact is theirs.

    Without this, somebody could sign up with another person's number, wait until the
    owner confirms it, and still hold the password.
    """
    dropped = 0
    for user in unconfirmed_holders(contact):
        if keep is None or user.pk != keep.pk:
            user.delete()
            dropped += 1
    return dropped


@transaction.atomic
def confirm_phone(*, user: User, phone: str) -> None:
    """The person proved the number; their old one, if any, is forgotten."""
    drop_unconfirmed(contact=phone, keep=user)
    changed = user.phone != phone or not user.phone_verified
    user.phone, user.phone_verified = phone, True
    user.save(update_fields=["phone", "phone_verified"])
    if changed:
        record_event(action="identity.phone_confirmed", actor=user, on=user, about=user)


@transaction.atomic
def remove_phone(*, user: User) -> bool:
    """Forget the number; refused (False) when it is the only way to sign in."""
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        return False
    user.phone, user.phone_verified = None, False
    user.save(update_fields=["phone", "phone_verified"])
    record_event(action="identity.phone_removed", actor=user, on=user, about=user)
    return True


@transaction.atomic
def rename_account(*, user: User, display_name: str) -> None:
    user.display_name = clean_line(display_name)[:60]
    user.save(update_fields=["display_name"])
    record_event(action="identity.renamed", actor=user, on=user, about=user)


def choose_language(*, user: User, language: str) -> None:
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
