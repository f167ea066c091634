from __future__ import annotations

from datetime import date
from uuid import UUID

from accounts.care.cases.models import CounselorTie
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile


@behind_the_wall()
def declare(
    *, counselor: CounselorProfile, organization_id: UUID, left_on: date | None
) -> CounselorTie:
    """Works there, or left on that day; said twice, the later word holds."""
    # So that it goes with the counselor's own account.
    ensure_subject(user=counselor.user)
    tie, _made = CounselorTie.objects.update_or_create(
        counselor=counselor,
        organization_id=organization_id,
        defaults={"left_on": left_on},
    )
    return tie


@behind_the_wall()
def take_away(*, tie: CounselorTie) -> None:
    """It was said by mistake."""
    CounselorTie.objects.filter(pk=tie.pk).delete()
