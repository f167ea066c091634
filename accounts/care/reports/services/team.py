"""Who leads the counselors and who keeps their calendars."""

from __future__ import annotations

from django.utils import timezone

from accounts.care.reports.access import is_linked_to_employer
from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile


class NotForThisPerson(Exception):  # noqa: N818 - reads as the event it is
    """Not checked at the moment, or without an account that works."""


class WorksForEmployer(NotForThisPerson):
    """Nobody holds both: employers get nothing from here, by no way."""


@behind_the_wall()
def appoint(*, counselor: CounselorProfile, role: Role) -> TeamRole:
    """From now on; what somebody is already stays as it is.

    Raises NotForThisPerson, WorksForEmployer.
    """
    row = CounselorProfile.objects.select_for_update(of=("self",)).get(pk=counselor.pk)
    now = timezone.now()
    if not (row.is_verified(now=now) and row.user.is_active):
        raise NotForThisPerson
    if is_linked_to_employer(row.user):
        raise WorksForEmployer
    standing = TeamRole.objects.filter(counselor=row, role=role, ended_at__isnull=True)
    return standing.first() or TeamRole.objects.create(
        counselor=row, role=role, since=now
    )


@behind_the_wall()
def withdraw(*, team_role: TeamRole) -> bool:
    """Ends at once. False if it had ended."""
    rows = TeamRole.objects.select_for_update(of=("self",))
    row = rows.get(pk=team_role.pk)
    if row.ended_at is not None:
        return False
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    return True
