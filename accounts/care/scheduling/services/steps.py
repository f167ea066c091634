from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.care.scheduling.enums import OVER, Actor
from accounts.care.scheduling.models import Appointment, AppointmentStep
from accounts.care.scheduling.rules.workflow import APPOINTMENT


def begin(appointment: Appointment, *, actor: Actor) -> Appointment:
    """Write a new appointment down with its first step."""
    appointment.save(force_insert=True)
    _note(appointment, actor, appointment.created_at)
    return appointment


def take_step(
    appointment: Appointment, event: str, *, actor: Actor, now: datetime | None = None
) -> Appointment:
    """One row of the table, on an appointment that the caller locked.

    Raises `accounts.lib.workflow.TransitionRefused`.
    """
    now = now or timezone.now()
    row = APPOINTMENT.step(state=appointment.state, event=event, actor=actor)
    appointment.state = row.target
    appointment.ended_at = now if row.target in OVER else None
    appointment.save()
    _note(appointment, actor, now)
    return appointment


def _note(appointment: Appointment, actor: Actor, now: datetime) -> None:
    AppointmentStep.objects.create(
        appointment=appointment, state=appointment.state, actor=actor, at=now
    )
