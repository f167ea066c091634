from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.consent.descriptions import (
    Grant,
    Look,
    Recipient,
    grant_of,
    looks,
)
from accounts.consent.enums import DeletionState, ExportState, Purpose
from accounts.consent.models import AccountDeletion, Consent, DataExport
from accounts.identity.models import AuditEvent, User
from accounts.identity.words import ACTORS


def active_consents_for(user: User) -> QuerySet[Consent]:
    return Consent.objects.filter(user=user, withdrawn_at__isnull=True)


def has_consent(user: User, purpose: Purpose, scope: str = "") -> bool:
    """A yes to everything of a purpose (empty scope) covers each single case."""
    scopes = {scope, ""}
    return active_consents_for(user).filter(purpose=purpose, scope__in=scopes).exists()


def agreed_to(purpose: Purpose, *, version: str) -> QuerySet[Consent]:
    """Everybody's standing yes to these very words; filter by `user` in a subquery."""
    return Consent.objects.filter(
        purpose=purpose, version=version, scope="", withdrawn_at__isnull=True
    )


# ---- What somebody agreed to


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One standing yes, as its owner reads it."""

    consent: Consent
    grant: Grant | None
    recipient: Recipient

    @property
    def words(self) -> str:
        return str(self.grant.words) if self.grant else self.consent.purpose_words

    @property
    def is_outdated(self) -> bool:
        """Said to words that have changed since; single cases keep their own."""
        if self.grant is None or self.consent.scope:
            return False
        return self.consent.version != self.grant.version

    @property
    def may_be_ended(self) -> bool:
        return self.grant is None or self.grant.revoke is not None


def grants_of(user: User) -> list[GrantLine]:
    """Every standing yes, the newest first; three queries a purpose at most."""
    rows = list(active_consents_for(user).order_by("-granted_at", "-pk"))
    return _lines(rows)


def grant_line_of(user: User, public_id: UUID) -> GrantLine:
    """404 for a yes of somebody else, and for one that was taken back."""
    row = get_object_or_404(active_consents_for(user), public_id=public_id)
    return _lines([row])[0]


def past_grants_of(user: User, *, limit: int = 100) -> list[Consent]:
    """What was taken back, or given anew in later words."""
    ended = Consent.objects.filter(user=user, withdrawn_at__isnull=False)
    return list(ended.order_by("-withdrawn_at", "-pk")[:limit])


def outdated_grants_of(user: User) -> list[GrantLine]:
    return [line for line in grants_of(user) if line.is_outdated]


def _lines(rows: Sequence[Consent]) -> list[GrantLine]:
    by_purpose: dict[str, list[Consent]] = defaultdict(list)
    for row in rows:
        by_purpose[row.purpose].append(row)
    to: dict[int, Recipient] = {}
    for purpose, consents in by_purpose.items():
        grant = grant_of(purpose)
        if grant is not None:
            to.update(grant.recipients(consents))
    nobody = Recipient("")
    return [GrantLine(r, grant_of(r.purpose), to.get(r.pk, nobody)) for r in rows]


# ---- Who looked


@dataclass(frozen=True, slots=True)
class LookLine:
    pk: int
    at: datetime
    who: str
    role: str
    saw: str
    because: str


def looks_at(user: User, *, before: int = 0, limit: int = 30) -> list[LookLine]:
    """When somebody else saw something of this person, the newest first."""
    known = looks()
    found = AuditEvent.objects.filter(subject_id=user.pk, action__in=list(known))
    # What people do with their own things is no look.
    found = found.exclude(actor_id=user.pk)
    if before:
        found = found.filter(pk__lt=before)
    events = list(found.order_by("-pk")[:limit])
    names = _names(events, known)
    return [_look_line(event, known[event.action], names) for event in events]


def _names(events: Sequence[AuditEvent], known: Any) -> dict[int, str]:
    by_action: dict[str, list[AuditEvent]] = defaultdict(list)
    for event in events:
        by_action[event.action].append(event)
    names: dict[int, str] = {}
    for action, rows in by_action.items():
        if known[action].who is not None:
            names.update(known[action].who(rows))
    return names


def _look_line(event: AuditEvent, look: Look, names: dict[int, str]) -> LookLine:
    role = str(ACTORS.get(event.actor_kind, ACTORS["system"]))
    return LookLine(
        pk=event.pk,
        at=event.at,
        who=names.get(event.pk, ""),
        role=role,
        saw=str(look.saw),
        because=str(look.because),
    )


# ---- Copies and leaving


def exports_of(user: User) -> QuerySet[DataExport]:
    """Newest first, without the files themselves."""
    return DataExport.objects.filter(user=user).defer("sealed").order_by("-pk")


def export_for(user: User, public_id: UUID) -> DataExport:
    """One's own copy that can be fetched; 404 for everything else."""
    ready = exports_of(user).filter(state=ExportState.READY)
    return get_object_or_404(ready, public_id=public_id)


def waiting_deletion(user: User) -> AccountDeletion | None:
    waiting = AccountDeletion.objects.filter(user=user, state=DeletionState.WAITING)
    return waiting.first()


def receipt_for(public_id: UUID) -> AccountDeletion:
    """Whoever has the address has the receipt: by then there is nobody to sign in."""
    return get_object_or_404(AccountDeletion, public_id=public_id)


def export_consents(user: User) -> dict[str, Any] | None:
    consents = Consent.objects.filter(user=user).order_by("pk")
    copies = exports_of(user).order_by("pk")
    deletions = AccountDeletion.objects.filter(user=user).order_by("pk")
    if not consents and not copies and not deletions:
        return None
    return {
        "consents": [
            {
                "purpose": row.purpose,
                "version": row.version,
                "scope": row.scope,
                "given_at": row.granted_at.isoformat(),
                "withdrawn_at": _iso(row.withdrawn_at),
            }
            for row in consents
        ],
        "copies": [
            {"requested_at": row.requested_at.isoformat(), "state": row.state}
            for row in copies
        ],
        "deletions": [
            {"requested_at": row.requested_at.isoformat(), "state": row.state}
            for row in deletions
        ],
    }


def count_consents(user: User) -> int:
    return Consent.objects.filter(user=user).count()


def count_deletions(user: User) -> int:
    return AccountDeletion.objects.filter(user=user).count()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
