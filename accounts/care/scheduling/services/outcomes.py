"""What became of a talk, said by its counselor; missing one costs nobody anything."""

from __future__ import annotations

from django.utils import timezone

from accounts.care.scheduling.enums import Actor, AppointmentState
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.registry import ATTENDED, MISSED, tell_followers
from accounts.care.scheduling.rules.reminders import may_count_as_missed
from accounts.care.scheduling.rules.workflow import APPOINTMENT
from accounts.care.scheduling.services.booking import take_step
from accounts.care.vault.wall import behind_the_wall
from accounts.lib.workflow import TransitionRefused


class TooEarly(TransitionRefused):
    """The talk has not begun, or its quarter of an hour is not over."""


@behind_the_wall()
def mark_attended(*, appointment: Appointment) -> Appointment:
    """It took place. Raises TooEarly and TransitionRefused."""
    row = _locked(appointment)
    if timezone.now() < row.starts_at:
        raise TooEarly
    _move(row, "attend")
    tell_followers(row, ATTENDED)
    return row


@behind_the_wall()
def mark_missed(*, appointment: Appointment) -> Appointment:
    """Nobody came within a quarter of an hour; one kind word goes out.

    Raises TooEarly and TransitionRefused.
    """
    row = _locked(appointment)
    if not may_count_as_missed(starts_at=row.starts_at, now=timezone.now()):
        raise TooEarly
    _move(row, "miss")
    tell_followers(row, MISSED)
    return row


def _locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related("subject", "counselor").get(pk=appointment.pk)


def _move(row: Appointment, event: str) -> None:
    step = APPOINTMENT.step(state=row.state, event=event, actor=Actor.COUNSELOR)
    row.state = AppointmentState(step.target)
    row.ended_at = timezone.now()
    row.save(update_fields=["state", "ended_at"])
    take_step
