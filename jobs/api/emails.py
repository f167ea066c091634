from __future__ import annotations

from accounts.employers.emails import tell_admins
from accounts.identity.emails import page
from accounts.identity.models import User
from jobs.api.models import ApiKey


def tell_key_made(key: ApiKey, actor: User) -> int:
    """Every administrator, also whoever made it: it may have been somebody else."""
    return tell_admins(
        key.organization,
        "api/key_made",
        key=str(key.public_id),
        who=actor,
        name=key.name,
        link=page("api:keys"),
    )


def tell_key_expires(key: ApiKey) -> int:
    return tell_admins(
        key.organization,
        "api/key_expires",
        key=str(key.public_id),
        name=key.name,
        until=key.expires_at,
        link=page("api:keys"),
    )
