from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.employers.access import admin_organization_for
from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from jobs.api.enums import KeyState
from jobs.api.models import ApiKey, ApiKeyQuerySet
from jobs.api.rules.keys import hash_secret, read_token, state_of

# Compared with where no key has this prefix, so that both cases take as long.
_NO_HASH = "0" * 64


def _with_maker(rows: ApiKeyQuerySet) -> QuerySet[ApiKey]:
    """Each with `has_maker`: whoever made it is still an administrator there."""
    maker = Membership.objects.filter(
        organization=OuterRef("organization"),
        user=OuterRef("created_by"),
        role=MemberRole.ADMIN,
        is_active=True,
        user__is_active=True,
        user__leaving_at__isnull=True,
    )
    return rows.annotate(has_maker=Exists(maker))


def keys_of(organization: Organization) -> QuerySet[ApiKey]:
    """All keys there ever were, the newest first."""
    rows = _with_maker(ApiKey.objects.filter(organization=organization))
    return rows.select_related("created_by", "organization")


def key_for(user: User, public_id: UUID) -> ApiKey:
    """One key of the administrator's own organisation, or 404."""
    return get_object_or_404(keys_of(admin_organization_for(user)), public_id=public_id)


def key_state(key: ApiKey, *, now: datetime) -> KeyState:
    """Needs a row of `keys_of`."""
    return KeyState(
        state_of(
            now=now,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            stops_at=key.stops_at,
            has_maker=bool(getattr(key, "has_maker", False)),
        )
    )


def find_key(token: str) -> ApiKey | None:
    """The key that opens the door with this token; None for whatever opens nothing."""
    parts = read_token(token)
    if parts is None:
        return None
    prefix, secret = parts
    standing = _with_maker(ApiKey.objects.standing(now=timezone.now()))
    rows = standing.select_related("organization", "created_by")
    row = rows.filter(prefix=prefix).first()
    expected = row.secret_hash if row else _NO_HASH
    if not hmac.compare_digest(expected, hash_secret(secret)):
        return None
    return row if row and getattr(row, "has_maker", False) else None


@dataclass(frozen=True, slots=True)
class Connections:
    """What the overview says about the ways in and out that exist."""

    organization: Organization
    is_admin: bool
    working: int
    # Addresses of pages that other apps serve; empty where they do not.
    webhooks: str = ""
    import_page: str = ""
    feeds: str = ""

    @property
    def working_text(self) -> str:
        return ngettext("%(count)d key works", "%(count)d keys work", self.working) % {
            "count": self.working
        }


def connections_of(membership: Membership) -> Connections:
    now = timezone.now()
    rows = keys_of(membership.organization)
    live = {KeyState.ACTIVE, KeyState.ENDING}
    return Connections(
        organization=membership.organization,
        is_admin=membership.role == MemberRole.ADMIN,
        working=sum(key_state(row, now=now) in live for row in rows),
        webhooks=_address("webhooks:list", "webhooks:endpoints"),
        import_page=_address("feeds:import", "feeds:imports"),
        feeds=_address("feeds:sources", "feeds:feeds"),
    )


def _address(*names: str) -> str:
    """Of the first page that is served; "" while none is."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
