from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress

from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.public.demo.guide import demo_address


def make_account(
    kind: Kind, email: str, name: str, joined: datetime, *, one_tap: bool = True
) -> User:
    """A demo account has no password: one tap signs in, or a code from the outbox."""
    user = User.objects.create_user(
        demo_address(email) if one_tap else email,
        None,
        kind=kind,
        display_name=name,
        date_joined=joined,
    )
    EmailAddress.objects.create(
        user=user, email=user.email or "", verified=True, primary=True
    )
    return user
