"""The second pair of eyes: what is grave is confirmed, or dropped, by somebody else."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from jobs.screening import emails
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.errors import NoteMissing
from jobs.screening.services.independence import check_another, check_independent
from jobs.screening.services.reports import return_reports, settle_reports
from jobs.screening.services.sanctions import put_in_force, undo
from jobs.screening.services.steps import lock, take_step


@transaction.atomic
def confirm_sanction(*, sanction: Sanction, reviewer: User) -> Sanction:
    """Raises ReviewTaken, NotAllowed, OwnOrganization, OwnDecision."""
    locked = _locked_for(sanction, reviewer)
    locked.confirmed_by = reviewer
    put_in_force(locked, event="confirm", actor=reviewer)
    settle_reports(locked, reviewer)
    return locked


@transaction.atomic
def drop_sanction(*, sanction: Sanction, reviewer: User, reason: str) -> Sanction:
    """It does not come into force; what it closed opens again.

    Raises NoteMissing besides.
    """
    locked = _locked_for(sanction, reviewer)
    if not reason.strip():
        raise NoteMissing("dropping says why")
    locked.confirmed_by = reviewer
    locked.ended_at = timezone.now()
    take_step(locked, "drop", reviewer, reason=reason)
    undo(locked, reviewer, reason)
    return_reports(locked, reviewer, reason)
    emails.tell_employer(locked, "screening/measure_dropped")
    return locked


def _locked_for(sanction: Sanction, reviewer: User) -> Sanction:
    locked = lock(sanction)
    check_independent(
        user=reviewer, organization=locked.organization, posting=locked.posting
    )
    check_another(reviewer, locked.imposed_by_id)
    return locked
