"""Whether a switch is on for somebody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Setting:
    """How a switch stands."""

    state: str
    percentage: int = 0
    organizations: frozenset[str] = frozenset()


def bucket(name: str, organization: str) -> int:
    """0 to 99, always the same for one organisation, another for each switch."""
    digest = hashlib.sha256(f"{name}:{organization}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100


def decides(setting: Setting, *, name: str, organization: str = "") -> bool:
    """Where nobody says which organisation, a share or a list lets nobody in."""
    if setting.state == "on":
        return True
    if not organization:
        return False
    if setting.state == "percentage":
        return bucket(name, organization) < setting.percentage
    if setting.state == "organizations":
        return organization in setting.organizations
    return False


def is_showing(*, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    return starts_at <= now < ends_at
