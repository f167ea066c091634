from __future__ import annotations

from accounts.counselors.models import CounselorProfile


def lock_calendar(counselor: CounselorProfile) -> None:
    """Until the transaction ends nobody else books or is away with this counselor.

    Whoever books asks for this first and for the slot then: only so does the cap of a
    day hold, and no leave comes to lie over a talk.
    """
    rows = CounselorProfile.objects.select_for_update(of=("self",), no_key=True)
    rows.get(pk=counselor.pk)
