from __future__ import annotations

from datetime import datetime

from accounts.employers.emails import tell_admins
from accounts.identity.emails import page
from jobs.webhooks.models import Endpoint


def tell_turned_off(endpoint: Endpoint, *, at: datetime) -> int:
    """To every administrator, once for each time it was turned off."""
    return tell_admins(
        endpoint.organization,
        "webhooks/turned_off",
        key=f"{endpoint.public_id}:{at.isoformat()}",
        link=page("webhooks:endpoint", public_id=endpoint.public_id),
    )
