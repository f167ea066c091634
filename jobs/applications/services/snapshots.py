from __future__ import annotations

from typing import Any

from accounts.seekers.models import SeekerProfile
from jobs.applications.rules.snapshot import build_snapshot


def snapshot_of(seeker: SeekerProfile, *, name: str, phone: str) -> dict[str, Any]:
    """What would be sent for this seeker now; reads, writes nothing."""
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
    )
