"""Objections of employers to measures, decided by somebody new."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership
from accounts.identity.models import User
from jobs.screening import emails
from jobs.screening.enums import SanctionState
from jobs.screening.models.appeals import Appeal
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import EMPLOYER, may_appeal
from jobs.screening.services.errors import (
    NotAllowed,
    NoteMissing,
    ReviewTaken,
    TooLate,
)
from jobs.screening.services.independence import check_another, check_independent
from jobs.screening.services.reports import follow_appeal, reporters_of
from jobs.screening.services.sanctions import hold_organization, reverse_sanction
from jobs.screening.services.steps import lock, take_step, write_history


@transaction.atomic
def file_appeal(*, sanction: Sanction, actor: User, text: str) -> Appeal:
    """By an administrator of the organisation, within 15 days, once for each measure.

    Raises NotAllowed, NoteMissing, TooLate, ReviewTaken.
    """
    locked = lock(sanction)
    is_admin = Membership.objects.filter(
        organization=locked.organization_id,
        user=actor,
        role=MemberRole.ADMIN,
        is_active=True,
    )
    if locked.organization_id is None or not is_admin.exists():
        raise NotAllowed(str(actor.pk))
    if not text.strip():
        raise NoteMissing("an objection says why")
    if locked.state != SanctionState.IN_FORCE or locked.appeals.exists():
        raise ReviewTaken(f"measure {locked.pk} is {locked.state}")
    if not may_appeal(in_force_at=locked.in_force_at, now=timezone.now()):
        raise TooLate(f"measure {locked.pk}")
    appeal = Appeal.objects.create(
        sanction=locked,
        filed_by=actor,
        text=text.strip(),
        imposed_by=locked.imposed_by,
        confirmed_by=locked.confirmed_by,
    )
    write_history(appeal, event="file", actor=actor, kind=EMPLOYER)
    follow_appeal(locked, "appeal", actor)
    return appeal


@transaction.atomic
def decide_appeal(
    *, appeal: Appeal, reviewer: User, reverse: bool, reason: str
) -> Appeal:
    """The measure stays, or is taken back with all it did; employer and reporters are
    told.

    Raises NotAllowed, OwnOrganization, OwnDecision, NoteMissing, ReviewTaken.
    """
    hold_organization(appeal.sanction.organization_id)
    locked = lock(appeal)
    sanction = lock(locked.sanction)
    check_independent(
        user=reviewer, organization=sanction.organization, posting=sanction.posting
    )
    check_another(
        reviewer,
        locked.imposed_by_id,
        locked.confirmed_by_id,
        *reporters_of(sanction),
    )
    if not reason.strip():
        raise NoteMissing("an answer says why")
    event = "reverse" if reverse else "uphold"
    locked.decided_by = reviewer
    locked.decided_at = timezone.now()
    locked.reason = reason.strip()
    take_step(locked, event, reviewer, reason=reason)
    # It may have ended by itself meanwhile: then only the answer is left to give.
    if reverse and sanction.state == SanctionState.IN_FORCE:
        reverse_sanction(sanction=sanction, actor=reviewer, reason=reason)
    follow_appeal(sanction, event, reviewer)
    emails.tell_employer(sanction, "screening/appeal_answered")
    return locked
