from __future__ import annotations

from accounts.care.scheduling.models import CounselorSettings
from accounts.counselors.models import CounselorProfile


def lock_calendar(counselor: CounselorProfile) -> CounselorSettings | None:
    """Until the transaction ends nobody else books or is away with this counselor.

    Whoever books asks for this first and for the slot then: only so does the cap of a
    day hold, and no leave comes to lie over a talk. None for who has no calendar yet.
    """
    rows = CounselorSettings.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(counselor=counselor).first()
