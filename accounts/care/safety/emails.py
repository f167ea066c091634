"""Messages say that there is one, and nothing else: phones lie on tables."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from accounts.counselors.models import CounselorProfile
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import URGENT, queue_message


def tell(user: User) -> bool:
    message = queue_message(
        user=user,
        template="notices/new",
        context={"link": page("visits:news")},
        dedupe_key=str(uuid4()),
        priority=URGENT,
    )
    return message is not None


def tell_all(counselors: Iterable[CounselorProfile]) -> int:
    return sum(tell(counselor.user) for counselor in counselors)
