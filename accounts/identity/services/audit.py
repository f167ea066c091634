from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from accounts.identity.models import AuditEvent, User


def record_event(
    *,
    action: str,
    actor: User | None,
    on: Model | None = None,
    about: User | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one line of the trail, in the caller's transaction.

    `about` is the person the event concerns, who may read it. `detail` holds codes and
    numbers, never names, texts or contact data.
    """
    return AuditEvent.objects.create(
        actor_id=actor.pk if actor else None,
        actor_kind=actor.kind if actor else "system",
        action=action,
        object_type=on._meta.label if on else "",
        object_id=str(getattr(on, "public_id", None) or on.pk) if on else "",
        subject_id=about.pk if about else None,
        detail=detail or {},
    )


def record_events(
    *,
    action: str,
    actor: User,
    on: Model,
    about: Iterable[int],
    detail: dict[str, Any],
) -> None:
    """The same line about each of these people, by their accounts' numbers."""
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                actor_id=actor.pk,
                actor_kind=actor.kind,
                action=action,
                object_type=on._meta.label,
                object_id=str(getattr(on, "public_id", None) or on.pk),
                subject_id=person,
                detail=detail,
            )
            for person in about
        ),
        batch_size=500,
    )
