from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# Raised when the keys change, so that old snapshots stay readable.
SNAPSHOT_VERSION = 1


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
) -> dict[str, Any]:
    """What one employer is sent for one application: codes and the agreed contact data.

    Wishes, limits, pay floor, blocks and age stay with the seeker.
    """
    return {
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
