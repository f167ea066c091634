"""Messages of care say that there is something, never what: anybody may hold the phone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from accounts.care.vault.access import user_of
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import ORDINARY, queue_message

NEWS = "notices/news"


def tell_of_news(
    *,
    user: User | None,
    template: str = NEWS,
    expires_at: datetime | None = None,
    priority: int = ORDINARY,
) -> bool:
    """The link leads to the start page; what it is stands behind the sign-in.

    False when the account is gone or cannot be reached. Whoever calls it does so once for
    each event: the key stands in the open, so it cannot name one.
    """
    if user is None:
        return False
    message = queue_message(
        user=user,
        template=template,
        context={"link": page("visits:news"), "site_name": settings.SITE_NAME},
        dedupe_key=f"notice:{uuid.uuid4()}",
        expires_at=expires_at,
        priority=priority,
    )
    return message is not None


def tell_person_of_news(
    *,
    subject: Subject,
    expires_at: datetime | None = None,
    priority: int = ORDINARY,
) -> bool:
    return tell_of_news(user=user_of(subject), expires_at=expires_at, priority=priority)


def tell_counselors_of_news(
    *, counselors: Iterable[CounselorProfile], priority: int = ORDINARY
) -> int:
    """How many of them could be written to."""
    return sum(tell_of_news(user=one.user, priority=priority) for one in counselors)
