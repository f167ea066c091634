"""What the privacy centre says about steps for many and files of applications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding, Look, Remainder
from accounts.employers.models import Organization
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User
from jobs.hiring.enums import BatchAction, ExportFormat, ExportReason
from jobs.hiring.models import Batch, ExportRecord
from jobs.hiring.services.exports import EXPORTED

_TABLES = (
    "jobs_hiring.Batch",
    "jobs_hiring.BatchRow",
    "jobs_hiring.ExportRecord",
)


def export_acts(user: User) -> list[dict[str, Any]]:
    """What somebody did at the desk for their organisation."""
    batches = Batch.objects.filter(by=user).order_by("pk")
    files = ExportRecord.objects.filter(by=user).order_by("pk")
    return [
        *({"step": row.action, "at": row.at.isoformat()} for row in batches),
        *(
            {
                "format": row.format,
                "reason": row.reason,
                "note": row.note,
                "at": row.at.isoformat(),
            }
            for row in files
        ),
    ]


def forget_acts(user: User) -> None:
    """The words go; that a file was taken is the organisation's record."""
    ExportRecord.objects.filter(by=user).exclude(note="").update(note="")


def _count(user: User) -> int:
    batches = Batch.objects.filter(by=user).count()
    return batches + ExportRecord.objects.filter(by=user).count()


ACTS = Holding(
    area="jobs.hiring",
    title=_("Steps for many and files I took"),
    what=_("Which step you took for many at once, which files you took and why."),
    why=_("So that people can ask who had their data in a file."),
    basis=_("The law on personal data asks for a record of it."),
    how_long=_("At least three years."),
    count=_count,
    models=_TABLES,
    kinds=(Kind.EMPLOYER,),
    choices={
        "step": dict(BatchAction.choices),
        "format": dict(ExportFormat.choices),
        "reason": dict(ExportReason.choices),
    },
)
KEPT = Remainder(
    code="hiring",
    title=_("That somebody took a step for many, or a file"),
    why=_("So that people can ask who had their data in a file."),
    how_long=_("At least three years."),
    count=_count,
    models=_TABLES,
)


def _by_organization(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = {event.object_id for event in events}
    rows = Organization.objects.filter(public_id__in=keys)
    names = {str(row.public_id): row.display_name for row in rows}
    return {event.pk: names.get(event.object_id, "") for event in events}


LOOKS = {
    EXPORTED: Look(
        _("Your name and your application's stage, in a file they took; no number"),
        _("You applied there."),
        _by_organization,
    )
}
WORDS = {
    EXPORTED: _("An employer took a file with your application"),
    "hiring.batch": _("You took a step for many applications at once"),
    "hiring.export": _("You took a file of applications"),
}
