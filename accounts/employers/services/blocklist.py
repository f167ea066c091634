"""Who may not come back: fingerprints of an organisation that was thrown out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.employers.access import entity_values
from accounts.employers.models import BlockedEntity, Organization
from accounts.employers.services.errors import ReasonNeeded
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.crypto import fingerprint, fingerprints


@transaction.atomic
def block_entities(
    *,
    organization: Organization,
    actor: User,
    basis: str,
    codes: Sequence[str] = (),
    until: datetime | None = None,
) -> list[BlockedEntity]:
    """Block the code, and the representative and telephone where they are known.

    A block that is already there takes over the new basis and end.
    """
    if not basis.strip():
        raise ReasonNeeded
    row = Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    found = [
        _block(row, kind, value, actor=actor, basis=basis, codes=codes, until=until)
        for kind, value in entity_values(row).items()
    ]
    record_event(
        action="employers.blocked",
        actor=actor,
        on=row,
        detail={
            "kinds": [entity.kind for entity in found],
            "codes": list(codes),
            "until": until.isoformat() if until else None,
        },
    )
    return found


def _block(
    row: Organization,
    kind: str,
    value: str,
    *,
    actor: User,
    basis: str,
    codes: Sequence[str],
    until: datetime | None,
) -> BlockedEntity:
    entity = BlockedEntity.objects.filter(
        organization=row,
        kind=kind,
        digest__in=fingerprints(value, kind),
        lifted_at__isnull=True,
    ).first() or BlockedEntity(
        organization=row, kind=kind, digest=fingerprint(value, kind)
    )
    entity.basis, entity.codes, entity.until = basis.strip(), list(codes), until
    entity.created_by, entity.created_at = actor, timezone.now()
    entity.save()
    return entity


@transaction.atomic
def lift_block(*, organization: Organization, actor: User, reason: str) -> int:
    """Let the organisation in again; how many entries that lifted.

    What another organisation is blocked for stays blocked.
    """
    if not reason.strip():
        raise ReasonNeeded
    row = Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    standing = BlockedEntity.objects.filter(organization=row, lifted_at__isnull=True)
    lifted = standing.update(
        lifted_at=timezone.now(), lifted_by=actor, lift_reason=reason.strip()
    )
    if lifted:
        record_event(
            action="employers.block_lifted",
            actor=actor,
            on=row,
            detail={"entries": lifted},
        )
    return lifted
