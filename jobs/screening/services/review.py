from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.identity.models import User
from jobs.postings import services as postings
from jobs.postings.emails import tell_employer
from jobs.postings.models import Posting
from jobs.screening.enums import (
    Concern,
    Decision,
    SanctionKind,
    SanctionState,
    Verdict,
)
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.services.errors import (
    NoteMissing,
    ReviewTaken,
    UnknownRule,
)
from jobs.screening.services.independence import check_independent
from jobs.screening.services.sanctions import impose_sanction, no_measure_stands
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
    check_independent(user=reviewer, organization=current.organization, posting=current)
    _check_reasons(verdict, rules, note)
    _check_nothing_proposed(current)
    if verdict == Verdict.REMOVE:
        _propose_removal(current, reviewer, rules, note)
    else:
        _take_step(current, reviewer, verdict, note)
    return ReviewDecision.objects.create(
        posting=current,
        reviewer=reviewer,
        verdict=verdict,
        rules=list(rules),
        note=note.strip(),
        posting_version=version,
    )


def _take_step(posting: Posting, reviewer: User, verdict: Verdict, note: str) -> None:
    if verdict == Verdict.APPROVE:
        _check_publishable(posting)
    moved = postings.apply_transition(
        posting=posting, event=verdict, actor=reviewer, reason=note
    )
    tell_employer(moved, f"screening/{verdict}")


def _propose_removal(
    posting: Posting, reviewer: User, rules: Sequence[str], note: str
) -> None:
    """It is hidden at once; a second person takes it down, or opens it again."""
    impose_sanction(
        organization=posting.organization,
        posting=posting,
        kind=SanctionKind.REMOVED,
        actor=reviewer,
        basis=list(rules) or [Concern.OTHER],
        note=note,
    )


def _check_nothing_proposed(posting: Posting) -> None:
    """While a second person looks at a removal, nobody decides something else."""
    proposed = Sanction.objects.filter(
        posting=posting, kind=SanctionKind.REMOVED, state=SanctionState.PROPOSED
    )
    if proposed.exists():
        raise ReviewTaken(f"removal of posting {posting.pk} is proposed")


def _check_reasons(verdict: Verdict, rules: Sequence[str], note: str) -> None:
    known = {rule.id for rule in default_catalogue().rules}
    unknown = set(rules) - known
    if unknown:
        raise UnknownRule(", ".join(sorted(unknown)))
    if verdict != Verdict.APPROVE and not note.strip():
        raise NoteMissing(verdict)


def _check_publishable(posting: Posting) -> None:
    """A block stands above a moderator's word; the newest catalogue counts. So does a
    measure against the employer."""
    no_measure_stands(posting)
    if posting.catalogue_version != default_catalogue().version:
        is_repost = posting.organization_id is None
        keep_outcome(posting, examine(posting, missing_fields=not is_repost))
    if posting.screening_decision == Decision.BLOCK:
        raise PostingBlocked(
            examine(posting, missing_fields=posting.organization_id is not None)
        )
