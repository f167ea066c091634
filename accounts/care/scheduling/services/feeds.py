"""Secret addresses for people's own calendar programs."""

from __future__ import annotations

import secrets

from accounts.care.scheduling.calendar_access import TOKEN, TOKEN_PRINT
from accounts.care.scheduling.models import CalendarFeed
from accounts.care.vault import keys
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.lib.crypto import fingerprint


@behind_the_wall()
def new_address(*, user: User, counselor: CounselorProfile | None = None) -> str:
    """A new secret; whoever knew the one before reads nothing from now on."""
    subject = ensure_subject(user=user)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        subject=subject,
        defaults={
            "counselor": counselor,
            "print": fingerprint(token, TOKEN_PRINT),
            "token": keys.seal(subject, TOKEN, token),
        },
    )
    return token


@behind_the_wall()
def close_address(*, user: User) -> None:
    subject = ensure_subject(user=user)
    CalendarFeed.objects.filter(subject=subject).delete()
