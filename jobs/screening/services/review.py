from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.employers.models import Membership
from accounts.identity.models import User
from jobs.postings import services as postings
from jobs.postings.emails import tell_employer
from jobs.postings.models import Posting
from jobs.screening.enums import Decision, Verdict
from jobs.screening.models.review import ReviewDecision
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.services.errors import (
    NoteMissing,
    OwnOrganization,
    ReviewTaken,
    UnknownRule,
)
from jobs.screening.services.submission import PostingBlocked, examine, keep_outcome


@transaction.atomic
def decide_review(
    *,
    posting: Posting,
    reviewer: User,
    verdict: Verdict,
    version: int,
    rules: Sequence[str] = (),
    note: str = "",
) -> ReviewDecision:
    """A moderator's word; `version` is that of the posting the moderator read.

    Raises ReviewTaken when somebody was faster, and whatever the step itself refuses.
    """
    current = postings.lock_posting(posting)
    if current.version != version:
        raise ReviewTaken(f"posting {current.pk} is at {current.version}")
    _check_reviewer(current, reviewer)
    _check_reasons(verdict, rules, note)
    if verdict == Verdict.APPROVE:
        _check_publishable(current)
    moved = postings.apply_transition(
        posting=current, event=verdict, actor=reviewer, reason=note
    )
    decision = ReviewDecision.objects.create(
        posting=moved,
        reviewer=reviewer,
        verdict=verdict,
        rules=list(rules),
        note=note.strip(),
        posting_version=version,
    )
    tell_employer(moved, f"screening/{verdict}")
    return decision


def _check_reviewer(posting: Posting, reviewer: User) -> None:
    is_member = Membership.objects.filter(
        organization=posting.organization_id, user=reviewer
    ).exists()
    if is_member or posting.created_by_id == reviewer.pk:
        raise OwnOrganization(f"posting {posting.pk}")


def _check_reasons(verdict: Verdict, rules: Sequence[str], note: str) -> None:
    known = {rule.id for rule in default_catalogue().rules}
    unknown = set(rules) - known
    if unknown:
        raise UnknownRule(", ".join(sorted(unknown)))
    if verdict != Verdict.APPROVE and not note.strip():
        raise NoteMissing(verdict)


def _check_publishable(posting: Posting) -> None:
    """A block stands above a moderator's word; the rules of this day count."""
    is_repost = posting.organization_id is None
    examination = examine(posting, missing_fields=not is_repost)
    keep_outcome(posting, examination)
    if examination.decision == Decision.BLOCK:
        raise PostingBlocked(examination)
