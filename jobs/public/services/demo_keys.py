"""Keys that programs of the featured employers use; their secrets are thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership, Organization
from jobs.api.enums import Scope
from jobs.api.models import ApiKey

# Name, what it may do, made and to end so many days ago and ahead, last used hours ago.
KEYS = (
    (
        "招聘系统",
        [Scope.POSTINGS_READ, Scope.POSTINGS_WRITE, Scope.APPLICATIONS_READ],
        120,
        60,
        2,
    ),
    ("公司网站的职位页", [Scope.POSTINGS_READ], 80, 10, 30),
)


def load_keys(organizations: Iterable[Organization], *, now: datetime) -> int:
    """Nobody knows a key that opens these; a visitor makes their own."""
    made = 0
    for organization in organizations:
        admin = (
            Membership.objects.filter(
                organization=organization, role=MemberRole.ADMIN, is_active=True
            )
            .order_by("pk")
            .first()
        )
        for slot, (name, scopes, ago, left, used) in enumerate(KEYS, start=1):
            if admin is None:
                break
            digest = hashlib.sha256(f"{organization.pk} {slot}".encode()).hexdigest()
            ApiKey.objects.create(
                organization=organization,
                created_by_id=admin.user_id,
                name=name,
                scopes=[scope.value for scope in scopes],
                prefix=digest[:8],
                # Of no secret at all: whatever is sent, this never matches.
                secret_hash=digest,
                slot=slot,
                created_at=now - timedelta(days=ago),
                expires_at=now + timedelta(days=left),
                last_used_at=now - timedelta(hours=used),
            )
            made += 1
    return made
