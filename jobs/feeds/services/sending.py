"""The clean drafts of a file to the people who check; nothing is published by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.feeds.access import sendable_rows
from jobs.feeds.models import BulkRow, BulkRun
from jobs.feeds.services.drafts import count_changes
from jobs.postings import services as postings
from jobs.screening.services.submission import submit_posting

# In one go, while the person waits; what is left is one more tap.
MOST_AT_ONCE = 100


@dataclass(slots=True)
class Sent:
    sent: int = 0
    held: int = 0
    left: int = 0
    error: postings.PostingError | None = None


def send_clean(*, run: BulkRun, actor: User) -> Sent:
    """Each draft in a transaction of its own: one refusal holds up no other."""
    rows = sendable_rows(run)
    outcome = Sent()
    for row in rows[:MOST_AT_ONCE]:
        try:
            _send(row, actor, outcome)
        except (postings.NotVerified, postings.PromiseMissing) as error:
            # True for every draft of the organisation: the next would fail as well.
            outcome.error = error
            break
        except postings.PostingError:
            outcome.held += 1
    record_event(
        action="feeds.send",
        actor=actor,
        on=run,
        detail={"sent": outcome.sent, "held": outcome.held},
    )
    outcome.left = sendable_rows(run).count()
    return outcome


@transaction.atomic
def _send(row: BulkRow, actor: User, outcome: Sent) -> None:
    if row.posting is None:
        return
    submission = submit_posting(posting=row.posting, actor=actor)
    row.checked_version = submission.posting.version
    row.to_change = count_changes(submission.examination)
    if submission.is_blocked:
        outcome.held += 1
    else:
        row.sent_at = timezone.now()
        outcome.sent += 1
    row.save(update_fields=["checked_version", "to_change", "sent_at"])
