"""Messages that say only that there is news: no topic, no names."""

from __future__ import annotations

from uuid import uuid4

from accounts.care.vault.access import user_of
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message


def tell_person(subject: Subject) -> None:
    _tell(user_of(subject))


def tell_counselor(counselor: CounselorProfile) -> None:
    _tell(counselor.user)


def _tell(user: User | None) -> None:
    if user is not None:
        queue_message(
            user=user,
            template="notices/fresh",
            context={"link": page("visits:news")},
            dedupe_key=str(uuid4()),
        )
