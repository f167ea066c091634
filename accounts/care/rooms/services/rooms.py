"""A room opens with the first who comes in and ends once."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.care.rooms import access
from accounts.care.rooms.access import Seat
from accounts.care.rooms.enums import EndedBy, RoomState
from accounts.care.rooms.models import Room
from accounts.care.rooms.rules import times
from accounts.care.rooms.rules.workflow import ROOM
from accounts.care.rooms.services.locks import lock
from accounts.care.rooms.services.transcripts import forget
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.registry import CANCELLED, MOVED
from accounts.care.vault.access import may
from accounts.care.vault.enums import Scope
from accounts.care.vault.wall import behind_the_wall


class RoomOver(Exception):  # noqa: N818 - reads as the event it is
    """It has ended, or its time is over: nobody writes there any more."""


class RoomNotOpen(Exception):  # noqa: N818 - reads as the event it is
    """It is too early."""


def enter(*, seat: Seat) -> Room:
    """The room, made at its first use. Raises RoomNotOpen before its time, RoomOver after."""
    if seat.phase() == times.EARLY:
        raise RoomNotOpen
    # What ended stays ended, also when the one who came is told so by an exception.
    found = _opened(seat)
    if found is None or found.state != RoomState.OPEN:
        raise RoomOver
    return found


@behind_the_wall()
def _opened(seat: Seat) -> Room | None:
    found = access.room_of(seat)
    if seat.phase() == times.OVER:
        if found is not None:
            run_out(room=found)
        return None
    if found is None:
        # Both may come in at the same moment: one row.
        found, _created = Room.objects.get_or_create(
            appointment=seat.appointment,
            defaults={"subject": seat.subject, "is_kept": _keeps(seat)},
        )
    return found


@behind_the_wall()
def end(*, seat: Seat) -> Room:
    """By one of the two; whoever ends it second changes nothing."""
    room = held(seat)
    if room.state == RoomState.OPEN:
        _end(room, event="end", actor=seat.side, at=timezone.now())
    return room


@behind_the_wall()
def run_out(*, room: Room) -> bool:
    """By the clock, at the moment at which its time was over."""
    row = lock(room)
    if row.state != RoomState.OPEN:
        return False
    at = min(times.closes_at(row.appointment.ends_at), timezone.now())
    _end(row, event="run_out", actor=EndedBy.CLOCK, at=max(at, row.opened_at))
    return True


@behind_the_wall()
def end_due() -> int:
    return sum(run_out(room=room) for room in access.rooms_whose_time_is_over())


def follow(appointment: Appointment, event: str) -> None:
    """A time that was moved or called off has no room, and nobody could read its words."""
    gone = {CANCELLED: appointment.pk, MOVED: appointment.replaces_id}.get(event)
    room = Room.objects.filter(appointment=gone).first() if gone else None
    if room is not None:
        run_out(room=room)
        forget(room=room)


def held(seat: Seat) -> Room:
    """The room under a lock; RoomOver where there is none."""
    room = access.room_of(seat)
    if room is None:
        raise RoomOver
    return lock(room)


def _end(room: Room, *, event: str, actor: str, at: datetime) -> None:
    room.state = ROOM.step(state=room.state, event=event, actor=actor).target
    room.ended_at, room.ended_by = at, actor
    room.save(update_fields=["state", "ended_at", "ended_by"])


def _keeps(seat: Seat) -> bool:
    return may(seat.subject, Scope.TRANSCRIPT, seat.counselor)
