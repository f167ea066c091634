from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.applications.models import Application, ApplicationTransition
from jobs.applications.registry import tell_step_followers


def log_step(
    application: Application,
    event: str,
    *,
    actor: User | None,
    actor_kind: str,
    came_from: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write the step that led to the application's present state, and its audit row.

    Followers are told in the same transaction.
    """
    step = ApplicationTransition.objects.create(
        application=application,
        event=event,
        from_state=came_from,
        to_state=application.state,
        actor=actor,
        actor_kind=actor_kind,
        reason=reason,
        detail=dict(detail or {}),
        at=timezone.now(),
    )
    record_event(
        action=f"application.{event}",
        actor=actor,
        on=application,
        about=application.seeker.user,
    )
    tell_step_followers(step)
