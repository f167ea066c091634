from __future__ import annotations

from typing import Any

from accounts.seekers.models import SeekerProfile
from jobs.applications.rules.snapshot import build_snapshot
from jobs.resumes.access import resume_to_send


def snapshot_of(
    seeker: SeekerProfile, *, name: str, phone: str, resume: str = ""
) -> dict[str, Any]:
    """What would be sent for this seeker now; reads, writes nothing.

    `resume` is the variant whose lines go along; "" sends none.
    """
    return build_snapshot(
        name=name,
        phone=phone,
        city_code=seeker.city_code,
        district=seeker.district,
        education=seeker.education,
        years=float(seeker.years) if seeker.years is not None else None,
        past_roles=seeker.past_roles,
        did=seeker.did,
        skills=seeker.skills.order_by("-level", "skill").values_list(
            "skill", flat=True
        ),
        can_start=seeker.can_start,
        resume=resume_to_send(seeker, resume) if resume else None,
    )
