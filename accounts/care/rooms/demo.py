"""The talk that was: in writing, ended, and its words deleted after a day, as promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.care.rooms.enums import EndedBy, RoomState
from accounts.care.rooms.models import Room
from accounts.care.rooms.rules import times
from accounts.care.scheduling.enums import AppointmentState, Mode
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.wall import behind_the_wall


@behind_the_wall()
def fill(now: datetime) -> None:
    """Nothing where no such talk is, and nothing twice."""
    rows = Appointment.objects.filter(
        mode=Mode.TEXT,
        state=AppointmentState.ATTENDED,
        subject__isnull=False,
        ends_at__lt=now - timedelta(days=2),
    ).exclude(pk__in=Room.objects.values("appointment"))
    for row in rows.select_related("subject"):
        assert row.subject is not None
        Room.objects.create(
            appointment=row,
            subject=row.subject,
            state=RoomState.ENDED,
            opened_at=row.starts_at,
            ended_at=row.ends_at,
            ended_by=EndedBy.COUNSELOR,
            forgotten_at=row.ends_at + times.FORGOTTEN_AFTER,
        )
