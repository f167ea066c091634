from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# Raised when the keys change, so that old snapshots stay readable.
SNAPSHOT_VERSION = 2


def build_snapshot(
    *,
    name: str,
    phone: str,
    city_code: str,
    district: str,
    education: str,
    years: float | None,
    past_roles: Iterable[str],
    did: Iterable[str],
    skills: Iterable[str],
    can_start: str,
    resume: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What one employer is sent for one application: codes and the agreed contact data.

    `resume` holds a variant, its language and its lines; without it the key is missing.
    Wishes, limits, pay floor, blocks and age stay with the seeker.
    """
    sent = {
        "name": name,
        "phone": phone,
        "city_code": city_code,
        "district": district,
        "education": education,
        "years": years,
        "past_roles": list(past_roles),
        "did": list(did),
        "skills": list(skills),
        "can_start": can_start,
    }
    return sent | ({"resume": dict(resume)} if resume else {})
