"""What a page of a room shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _, pgettext

from accounts.care.rooms import access
from accounts.care.rooms.access import Seat
from accounts.care.rooms.models import Room
from accounts.care.rooms.rules import times
from accounts.care.rooms.services.lines import text_of


@dataclass(frozen=True, slots=True)
class Shown:
    number: int
    key: UUID
    text: str
    is_mine: bool
    who: str
    at: datetime
    # How far it got: only for one's own.
    mark: str


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody sees of the other one: there or not, and how far they read."""

    name: str
    is_there: bool
    got: int
    read: int

    @property
    def state(self) -> str:
        """Changes with everything of it that the page shows."""
        return f"{self.is_there:d}.{self.got}.{self.read}"

    def mark(self, number: int) -> str:
        if number <= self.read:
            return pgettext("a line of a talk", "Read")
        if number <= self.got:
            return pgettext("a line of a talk", "Arrived")
        return pgettext("a line of a talk", "Sent")


def other_of(seat: Seat, room: Room | None) -> Other:
    if seat.is_seeker:
        name = seat.counselor.name
    else:
        name = access.name_of(seat.subject) or _("The person")
    if room is None:
        return Other(name, is_there=False, got=0, read=0)
    side = seat.side.other.value
    seen_at = getattr(room, f"{side}_seen_at")
    return Other(
        name=name,
        is_there=times.is_there(seen_at, now=timezone.now()),
        got=getattr(room, f"{side}_got"),
        read=getattr(room, f"{side}_read"),
    )


def shown_lines(seat: Seat, room: Room, other: Other, *, after: int = 0) -> list[Shown]:
    found = []
    for line in access.lines_after(room, after):
        is_mine = line.sender == seat.side
        found.append(
            Shown(
                number=line.number,
                key=line.key,
                text=text_of(line),
                is_mine=is_mine,
                who=_("You") if is_mine else other.name,
                at=line.at,
                mark=other.mark(line.number) if is_mine else "",
            )
        )
    return found
