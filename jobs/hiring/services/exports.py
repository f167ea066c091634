"""A file of applications: who took it, why, and a line for everybody in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event, record_events
from jobs.applications.models import Application
from jobs.hiring.enums import ExportFormat, ExportReason
from jobs.hiring.models import ExportRecord

MOST_ROWS = 2000
# The audit trail's name for having been in such a file.
EXPORTED = "application.exported"


class TooMany(Exception):  # noqa: N818 - reads as the event it is
    """More applications than one file may hold: nothing was made."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    format: ExportFormat
    reason: ExportReason
    note: str = ""


@transaction.atomic
def take_out(
    *,
    actor: User,
    organization: Organization,
    rows: QuerySet[Application],
    order: ExportOrder,
) -> tuple[ExportRecord, list[Application]]:
    """Note the file before it is made; returns the record and what belongs into it.

    `rows` are the organisation's own, as the desk shows them. Raises TooMany.
    """
    found = list(rows[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise TooMany(str(len(found)))
    shown = {row.seeker.user_id for row in found if row.is_shared}
    record = ExportRecord.objects.create(
        organization=organization,
        by=actor,
        format=order.format,
        reason=order.reason,
        note=order.note,
        applications=len(found),
        people=len(shown),
        at=timezone.now(),
    )
    record_event(
        action="hiring.export",
        actor=actor,
        on=record,
        detail={"format": str(order.format), "reason": str(order.reason)},
    )
    record_events(
        action=EXPORTED,
        actor=actor,
        on=organization,
        about=sorted(shown),
        detail={"file": str(record.public_id)},
    )
    return record, found
