"""One step for many applications: each by itself, and each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import Application
from jobs.applications.services.steps import AlreadyMoved, PostingTakenDown
from jobs.hiring.enums import BatchAction, BatchOutcome
from jobs.hiring.models import Batch, BatchRow
from jobs.hiring.services.moves import move_application


class OtherBatch(Exception):  # noqa: N818 - reads as the event it is
    """The id belongs to something else: another person's, or another step."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to happen; `answers` are those of the step's form."""

    action: BatchAction
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """A code, of a decline only."""
        is_decline = self.action == BatchAction.DECLINE
        return str(self.answers["reason"]) if is_decline else ""


def carry_out(
    *,
    token: UUID,
    actor: User,
    organization: Organization,
    order: Order,
    picked: Sequence[tuple[Application, int]],
) -> Batch:
    """Each of `picked` (application, version that was seen) in a transaction of its own.

    Sent again with the same token, whatever was done stays done and the rest follows.
    Raises OtherBatch.
    """
    batch = _open(token, actor, organization, order)
    for application, version in picked:
        _take_one(batch, application, version, order)
    return batch


def _open(token: UUID, actor: User, organization: Organization, order: Order) -> Batch:
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                public_id=token,
                organization=organization,
                by=actor,
                action=order.action,
                reason=order.reason,
                at=timezone.now(),
            )
            record_event(
                action="hiring.batch",
                actor=actor,
                on=batch,
                detail={"step": str(order.action)},
            )
            return batch
    except IntegrityError:
        batch = Batch.objects.get(public_id=token)
    same = (actor.pk, organization.pk, str(order.action), order.reason)
    if (batch.by_id, batch.organization_id, batch.action, batch.reason) != same:
        raise OtherBatch(str(token))
    return batch


@transaction.atomic
def _take_one(
    batch: Batch, application: Application, version: int, order: Order
) -> None:
    """The batch's row is locked first, so that a second tap waits and finds it done."""
    Batch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    if batch.rows.filter(application=application).exists():
        return
    BatchRow.objects.create(
        batch=batch,
        application=application,
        outcome=_outcome(batch.by, application, version, order),
    )


def _outcome(
    actor: User, application: Application, version: int, order: Order
) -> BatchOutcome:
    try:
        move_application(
            application=application,
            actor=actor,
            event=order.action,
            version=version,
            answers=order.answers,
        )
    except AlreadyMoved:
        return BatchOutcome.MOVED
    except PostingTakenDown:
        return BatchOutcome.TAKEN_DOWN
    except TransitionRefused:
        return BatchOutcome.NOT_POSSIBLE
    return BatchOutcome.DONE
