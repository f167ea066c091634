"""What is written, and how far each of the two has read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accounts.care.rooms.access import Seat
from accounts.care.rooms.enums import RoomState, Side
from accounts.care.rooms.models import Line, Room
from accounts.care.rooms.rules import times
from accounts.care.rooms.services.rooms import RoomNotOpen, RoomOver, held
from accounts.care.vault import keys
from accounts.care.vault.wall import behind_the_wall

TEXT = "room.line"
# A page asks every three seconds; that it was there is written down less often.
SEEN_EVERY = timedelta(seconds=5)


class TooFast(Exception):  # noqa: N818 - reads as the event it is
    """More lines within a minute than anybody reads."""


@behind_the_wall()
def say(*, seat: Seat, key: UUID, text: str) -> Line:
    """One line; sent again with the same key it is the same line, also when it is late."""
    room = held(seat)
    mine = Line.objects.filter(room=room, sender=seat.side)
    again = mine.filter(key=key).first()
    if again is not None:
        return again
    _check(seat, room)
    now = timezone.now()
    if mine.filter(at__gt=now - times.WITHIN).count() >= times.MOST_LINES:
        raise TooFast
    room.last_number += 1
    room.save(update_fields=["last_number"])
    return Line.objects.create(
        room=room,
        subject=seat.subject,
        sender=seat.side,
        number=room.last_number,
        key=key,
        text=keys.seal(seat.subject, TEXT, text),
        at=now,
    )


def _check(seat: Seat, room: Room) -> None:
    phase = seat.phase()
    if phase == times.EARLY:
        raise RoomNotOpen
    if phase == times.OVER or room.state != RoomState.OPEN:
        raise RoomOver


def text_of(line: Line) -> str:
    return str(keys.unseal(line.subject, TEXT, line.text) or "")


@behind_the_wall()
def mark(*, seat: Seat, room: Room, got: int, is_read: bool) -> Room:
    """This side is there and has everything up to `got`; read once it was on a screen.

    Marks only ever go forward, whatever order requests arrive in.
    """
    now = timezone.now()
    got_name, read_name, seen_name = _columns(seat.side)
    got = min(max(got, 0), room.last_number)
    new_got = max(getattr(room, got_name), got)
    new_read = max(getattr(room, read_name), got if is_read else 0)
    seen = getattr(room, seen_name)
    is_new = (new_got, new_read) != (getattr(room, got_name), getattr(room, read_name))
    if not is_new and seen is not None and now - seen < SEEN_EVERY:
        return room
    row = held(seat)
    setattr(row, got_name, max(getattr(row, got_name), got))
    setattr(row, read_name, max(getattr(row, read_name), got if is_read else 0))
    setattr(row, seen_name, now)
    row.save(update_fields=[got_name, read_name, seen_name])
    return row


def _columns(side: Side) -> tuple[str, str, str]:
    return f"{side.value}_got", f"{side.value}_read", f"{side.value}_seen_at"
