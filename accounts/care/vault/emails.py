"""Messages of care say that there is something, never what: anybody may hold the phone."""

from __future__ import annotations

import uuid

from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message


def tell_that_something_is_new(user: User | None) -> None:
    """The link leads to the start page; what it is stands behind the sign-in."""
    if user is None:
        return
    queue_message(
        user=user,
        template="notices/new_message",
        context={"link": page("visits:news")},
        dedupe_key=str(uuid.uuid4()),
    )
