from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.care.scheduling.models import Appointment
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.seekers.models import SeekerProfile


@behind_the_wall()
def make_talk(
    seeker: SeekerProfile,
    counselor: CounselorProfile,
    *,
    starts_at: datetime | None = None,
    state: str = "booked",
    **fields: Any,
) -> Appointment:
    """A booked talk in three days, unless `fields` say otherwise."""
    start = starts_at or timezone.now() + timedelta(days=3)
    end = start + timedelta(minutes=50)
    values: dict[str, Any] = {
        "starts_at": start,
        "ends_at": end,
        "blocked_from": start,
        "blocked_until": end,
        "mode": "phone",
        "held_until": timezone.now() + timedelta(minutes=10),
    }
    if state not in ("held", "booked", "in_progress"):
        values["ended_at"] = timezone.now()
    return Appointment.objects.create(
        counselor=counselor,
        subject=ensure_subject(user=seeker.user),
        state=state,
        **(values | fields),
    )
