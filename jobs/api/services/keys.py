"""Keys are made, replaced and ended; each is shown once and never again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.employers.access import admin_organization_for
from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.api import emails
from jobs.api.enums import Scope
from jobs.api.models import ApiKey, ApiKeyQuerySet
from jobs.api.rules.keys import (
    MOST_KEYS,
    OVERLAP,
    PREFIX_LENGTH,
    SECRET_BYTES,
    USE_NOTED_EVERY,
    WARN_BEFORE,
    hash_secret,
    token_of,
)

_PREFIX_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


class ApiKeyError(Exception):
    """A change of keys that was not made; subclasses say why."""


class TooManyKeys(ApiKeyError):  # noqa: N818
    """Ten work already."""


class NameTaken(ApiKeyError):  # noqa: N818
    """Another key that works has this name."""


class KeyEnded(ApiKeyError):  # noqa: N818
    """It does not work any more, or another one has taken its place already."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """`token` is nowhere else: show it now."""

    key: ApiKey
    token: str


@transaction.atomic
def make_key(
    *, actor: User, name: str, scopes: Iterable[str], lifetime: timedelta
) -> NewKey:
    """Raises TooManyKeys, NameTaken; PermissionDenied for who is no administrator."""
    organization = _locked(admin_organization_for(actor))
    now = timezone.now()
    _free_slots(organization, now)
    if _standing(organization, now).filter(name=name).exists():
        raise NameTaken(name)
    made = _store(
        ApiKey(
            organization=organization,
            created_by=actor,
            name=name,
            scopes=[scope for scope in Scope.values if scope in set(scopes)],
            slot=_free_slot(organization),
            created_at=now,
            expires_at=now + lifetime,
        )
    )
    _note("api.key_made", actor, made.key)
    emails.tell_key_made(made.key, actor)
    return made


@transaction.atomic
def rotate_key(*, key: ApiKey, actor: User, at_once: bool) -> NewKey:
    """A new key in the old one's place, as long as the old one had; raises KeyEnded.

    The old one works for another day, or ends now. Whoever does it takes it over.
    """
    organization = _locked(admin_organization_for(actor))
    now = timezone.now()
    old = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    is_over = old.revoked_at is not None or old.expires_at <= now
    if is_over or old.stops_at is not None or old.organization_id != organization.pk:
        raise KeyEnded(str(old.pk))
    slot, old.slot = old.slot, None
    old.stops_at = now if at_once else min(now + OVERLAP, old.expires_at)
    old.save(update_fields=["slot", "stops_at"])
    _end_predecessor(old, now)
    made = _store(
        ApiKey(
            organization=organization,
            created_by=actor,
            name=old.name,
            scopes=old.scopes,
            slot=slot,
            replaces=old,
            created_at=now,
            expires_at=now + (old.expires_at - old.created_at),
        )
    )
    _note("api.key_rotated", actor, made.key)
    emails.tell_key_made(made.key, actor)
    return made


@transaction.atomic
def revoke_key(*, key: ApiKey, actor: User) -> None:
    """From now on it opens nothing; a second time changes nothing."""
    row = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if row.revoked_at is not None:
        return
    row.revoked_at, row.slot = timezone.now(), None
    row.save(update_fields=["revoked_at", "slot"])
    _note("api.key_revoked", actor, row)


def note_use(key: ApiKey, *, now: datetime) -> None:
    last = key.last_used_at
    if last is None or last < now - USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)


def warn_expiring(*, now: datetime) -> int:
    """Tell administrators about keys that end within a fortnight; once for each."""
    soon = ApiKey.objects.standing(now=now).filter(
        expires_at__lte=now + WARN_BEFORE, stops_at__isnull=True
    )
    # Made for a short time: nobody has to be told what they chose last week.
    rows = [
        key
        for key in soon.select_related("organization").order_by("pk")
        if key.expires_at - key.created_at > WARN_BEFORE * 2
    ]
    return sum(emails.tell_key_expires(key) for key in rows)


@transaction.atomic
def forget_keys(user: User) -> None:
    """Whoever leaves the site takes their keys along; safe to repeat."""
    ApiKey.objects.filter(created_by=user).delete()


def _locked(organization: Organization) -> Organization:
    """Administrators of one organisation make keys one after the other."""
    rows = Organization.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=organization.pk)


def _standing(organization: Organization, now: datetime) -> ApiKeyQuerySet:
    rows = ApiKey.objects.standing(now=now)
    return rows.filter(organization=organization, stops_at__isnull=True)


def _free_slots(organization: Organization, now: datetime) -> None:
    """A key that has run out holds no place."""
    old = ApiKey.objects.filter(organization=organization, expires_at__lte=now)
    old.filter(slot__isnull=False).update(slot=None)


def _free_slot(organization: Organization) -> int:
    taken = set(
        ApiKey.objects.filter(
            organization=organization, slot__isnull=False
        ).values_list("slot", flat=True)
    )
    free = (number for number in range(1, MOST_KEYS + 1) if number not in taken)
    slot = next(free, None)
    if slot is None:
        raise TooManyKeys(str(MOST_KEYS))
    return slot


def _end_predecessor(old: ApiKey, now: datetime) -> None:
    """Never more than one old key beside its successor."""
    before = ApiKey.objects.filter(pk__in=[old.replaces_id], stops_at__gt=now)
    before.update(stops_at=now)


def _store(key: ApiKey) -> NewKey:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    key.prefix = "".join(secrets.choice(_PREFIX_SIGNS) for _ in range(PREFIX_LENGTH))
    key.secret_hash = hash_secret(secret)
    key.save()
    return NewKey(key, token_of(key.prefix, secret))


def _note(action: str, actor: User, key: ApiKey) -> None:
    record_event(
        action=action,
        actor=actor,
        on=key,
        about=actor,
        detail={"scopes": list(key.scopes)},
    )
