"""The second pair of eyes: what is grave is confirmed, or dropped, by somebody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from jobs.screening import emails
from jobs.screening.enums import SanctionState
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import SECOND_LOOK_LIMIT
from jobs.screening.services.errors import NoteMissing
from jobs.screening.services.independence import check_another, check_independent
from jobs.screening.services.reports import (
    reporters_of,
    return_reports,
    settle_reports,
)
from jobs.screening.services.sanctions import (
    hold_organization,
    put_in_force,
    undo,
)
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


def drop_unseen(*, now: datetime) -> int:
    """Nobody confirmed it in time: one person alone closes nobody for long."""
    late = Sanction.objects.filter(
        state=SanctionState.PROPOSED, at__lte=now - SECOND_LOOK_LIMIT
    )
    return sum(_drop_unseen(sanction) for sanction in late.order_by("pk"))


@transaction.atomic
def _drop_unseen(sanction: Sanction) -> bool:
    hold_organization(sanction.organization_id)
    locked = lock(sanction)
    if locked.state != SanctionState.PROPOSED:
        return False
    locked.ended_at = timezone.now()
    take_step(locked, "drop_unseen", None)
    undo(locked, None, "")
    return_reports(locked, None, "")
    emails.tell_employer(locked, "screening/measure_dropped")
    return True


def _locked_for(sanction: Sanction, reviewer: User) -> Sanction:
    hold_organization(sanction.organization_id)
    locked = lock(sanction)
    check_independent(
        user=reviewer, organization=locked.organization, posting=locked.posting
    )
    check_another(reviewer, locked.imposed_by_id, *reporters_of(locked))
    return locked
