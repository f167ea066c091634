from __future__ import annotations

from datetime import datetime, timedelta

IDLE = timedelta(minutes=10)


def must_show_again(
    *, seen: datetime | None, signed_in: datetime | None, now: datetime
) -> bool:
    """After ten minutes away somebody shows once more that it is them."""
    latest = max((at for at in (seen, signed_in) if at is not None), default=None)
    return latest is None or now - latest >= IDLE
