from __future__ import annotations

from django.db import transaction

from accounts.identity.models import User
from jobs.editor.progress import progress_of
from jobs.editor.services.errors import NotReady
from jobs.editor.services.typed import drop_typed
from jobs.postings import services as postings
from jobs.postings.models import Posting
from jobs.screening.services import submission


@transaction.atomic
def send_in(*, posting: Posting, actor: User, version: int) -> submission.Submission:
    """A draft goes to the check; `version` is the one that was looked at.

    Raises NotReady, and what submit_posting raises. What the rules block stays a draft
    and keeps its findings.
    """
    current = postings.lock_posting(posting)
    if current.version != version:
        raise postings.StaleVersion(f"posting {current.pk} is at {current.version}")
    if any(step.missing for step in progress_of(current).steps):
        raise NotReady(str(current.pk))
    sent = submission.submit_posting(posting=current, actor=actor)
    if not sent.is_blocked:
        drop_typed(posting=posting, user=actor)
    return sent
