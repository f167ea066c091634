"""One message for everything here: that there is news. It says nothing else."""

from __future__ import annotations

import uuid
from datetime import datetime

from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message

NEWS = "notices/news"


def tell(user: User | None, *, expires_at: datetime | None = None) -> None:
    """Nobody is told when the account is gone."""
    if user is None:
        return
    queue_message(
        user=user,
        template=NEWS,
        context={"link": page("visits:news")},
        # Keys stand in the open: this one says nothing.
        dedupe_key=f"news:{uuid.uuid4()}",
        expires_at=expires_at,
    )
