from __future__ import annotations

from accounts.identity.emails import page
from accounts.identity.services.outbox import queue_message
from jobs.applications.models import PreparedApplication


def ask_person(row: PreparedApplication) -> None:
    """No employer and no job in it: somebody else may read the screen."""
    queue_message(
        user=row.seeker.user,
        template="applications/prepared",
        context={
            "link": page("applications:prepared", public_id=row.public_id),
            "until": row.expires_at,
        },
        dedupe_key=f"prepared:{row.public_id}",
    )
