"""What became of a talk, said by its counselor; missing one costs nobody anything."""

from __future__ import annotations

from django.utils import timezone

from accounts.care.scheduling.enums import Actor
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.registry import ATTENDED, MISSED, tell_followers
from accounts.care.scheduling.rules.reminders import may_count_as_missed
from accounts.care.scheduling.services.steps import take_step
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
    take_step(row, "attend", actor=Actor.COUNSELOR)
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
    take_step(row, "miss", actor=Actor.COUNSELOR)
    tell_followers(row, MISSED)
    return row


def _locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related("subject", "counselor").get(pk=appointment.pk)
