"""Every message says the same: something new is there. No topic, no names."""

from __future__ import annotations

import uuid

from accounts.care.vault.access import user_of
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message

TEMPLATE = "notices/something_new"


def tell(subject: Subject) -> None:
    user = user_of(subject)
    if user is not None:
        _queue(user)


def tell_counselor(counselor: CounselorProfile) -> None:
    _queue(counselor.user)


def _queue(user: User) -> None:
    queue_message(
        user=user,
        template=TEMPLATE,
        context={"link": page("visits:news")},
        # Says nothing of whom or what; each is written by one step, once.
        dedupe_key=f"notice:{uuid.uuid4()}",
    )
