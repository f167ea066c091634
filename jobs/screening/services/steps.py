"""One step of a report, a measure or an objection, with its line of history."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone

from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import ReasonMissing, TransitionRefused, Workflow
from jobs.screening.models.appeals import Appeal, AppealTransition
from jobs.screening.models.reports import Report, ReportTransition
from jobs.screening.models.sanctions import Sanction, SanctionTransition
from jobs.screening.rules.trust import (
    APPEAL,
    EMPLOYER,
    MODERATOR,
    REPORT,
    SANCTION,
    SYSTEM,
)
from jobs.screening.services.errors import NoteMissing, ReviewTaken

Case = TypeVar("Case", Report, Sanction, Appeal)
_ACTORS = {
    Kind.EMPLOYER: EMPLOYER,
    Kind.MODERATOR: MODERATOR,
    Kind.OPERATOR: MODERATOR,
}
_TABLES: dict[type[Any], Workflow] = {
    Report: REPORT,
    Sanction: SANCTION,
    Appeal: APPEAL,
}
_HISTORIES: dict[type[Any], Any] = {
    Report: ReportTransition,
    Sanction: SanctionTransition,
    Appeal: AppealTransition,
}


def actor_kind(actor: User | None) -> str:
    return SYSTEM if actor is None else _ACTORS.get(Kind(actor.kind), actor.kind)


def lock(case: Case) -> Case:
    """The row as it is now, locked until the transaction ends."""
    rows = type(case)._default_manager.select_for_update(of=("self",))
    return rows.get(pk=case.pk)


def take_step(
    case: Case,
    event: str,
    actor: User | None,
    *,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """Move a locked case by its table and save it; raises ReviewTaken, NoteMissing."""
    table = _TABLES[type(case)]
    kind = actor_kind(actor)
    try:
        row = table.step(state=case.state, event=event, actor=kind, reason=reason)
    except ReasonMissing as error:
        raise NoteMissing(event) from error
    except TransitionRefused as error:
        raise ReviewTaken(str(error)) from error
    came_from, case.state = case.state, row.target
    case.save()
    write_history(
        case,
        event=event,
        actor=actor,
        kind=kind,
        came_from=came_from,
        reason=reason,
        now=now,
    )


def write_history(
    case: Case,
    *,
    event: str,
    actor: User | None,
    kind: str,
    came_from: str = "",
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """The line of history and of the audit trail for a case that was just saved."""
    name = _TABLES[type(case)].name
    _HISTORIES[type(case)].objects.create(
        **{name: case},
        event=event,
        from_state=came_from,
        to_state=case.state,
        actor=actor,
        actor_kind=kind,
        reason=reason.strip(),
        at=now or timezone.now(),
    )
    record_event(
        action=f"{name}.{event}",
        actor=actor,
        on=case,
        detail={"from": came_from, "to": case.state},
    )
