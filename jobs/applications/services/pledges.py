"""Places that checked employers promise to a group with a code.

Nothing here reads who is in the group, and nothing counts who of it was hired: a figure
under ten would name somebody, and one employer hardly ever hires ten of one group.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.cohorts.access import open_cohorts
from accounts.cohorts.models import Cohort
from accounts.employers.access import organization_for
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import CohortPledge
from jobs.postings.models import Posting


class NotChecked(TransitionRefused):
    """Only organisations whose check stands may promise."""


class NotOpen(TransitionRefused):
    """The group takes nobody any more, or the posting is not open."""


class PledgedAlready(TransitionRefused):
    """There is one for this group and posting; take it back first."""


@transaction.atomic
def make_pledge(
    *, actor: User, cohort: Cohort, posting: Posting, seats: int
) -> CohortPledge:
    # The lock makes two colleagues' promises one.
    row = Posting.objects.select_for_update(of=("self",), no_key=True).get(
        pk=posting.pk
    )
    organization = organization_for(actor)
    if row.organization_id != organization.pk or not row.is_open():
        raise NotOpen
    if not organization.is_verified(now=timezone.now()):
        raise NotChecked
    if not open_cohorts().filter(pk=cohort.pk).exists():
        raise NotOpen
    standing = CohortPledge.objects.filter(
        cohort=cohort, posting=row, withdrawn_at__isnull=True
    )
    if standing.exists():
        raise PledgedAlready
    pledge = CohortPledge.objects.create(
        cohort=cohort,
        posting=row,
        seats=seats,
        made_by=actor,
        made_at=timezone.now(),
    )
    record_event(
        action="pledge.made",
        actor=actor,
        on=pledge,
        about=actor,
        detail={"seats": seats},
    )
    return pledge


@transaction.atomic
def withdraw_pledge(*, pledge: CohortPledge, actor: User) -> None:
    row = CohortPledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record_event(action="pledge.withdrawn", actor=actor, on=row, about=actor)
