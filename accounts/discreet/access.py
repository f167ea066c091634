from __future__ import annotations

from typing import Any

from accounts.discreet.models import Pin
from accounts.identity.models import User


def pin_of(user: User) -> Pin | None:
    return Pin.objects.filter(user=user).first()


def export_pin(user: User) -> dict[str, Any] | None:
    """That there is one and since when; the digits themselves nobody here knows."""
    pin = pin_of(user)
    if pin is None:
        return None
    return {"idle_minutes": pin.idle_minutes, "set_at": pin.set_at.isoformat()}
