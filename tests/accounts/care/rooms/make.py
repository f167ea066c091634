from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.care.rooms import access
from accounts.care.rooms.access import Seat
from accounts.care.rooms.models import Line, Room
from accounts.care.rooms.services import lines, rooms
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from accounts.seekers.models import SeekerProfile
from tests.cast import Cast


def make_appointment(
    seeker: SeekerProfile,
    counselor: CounselorProfile,
    *,
    starts_at: datetime | None = None,
    **fields: Any,
) -> Appointment:
    """A booked hour in writing that began five minutes ago."""
    start = starts_at or timezone.now() - timedelta(minutes=5)
    values: dict[str, Any] = {
        "subject": ensure_subject(user=seeker.user),
        "counselor": counselor,
        "starts_at": start,
        "ends_at": start + timedelta(minutes=50),
        "blocked_from": start,
        "blocked_until": start + timedelta(minutes=60),
        "mode": "text",
        "state": "booked",
    }
    return Appointment.objects.create(**(values | fields))


def seats(cast: Cast, appointment: Appointment) -> tuple[Seat, Seat]:
    return (
        access.seat_for(cast.seeker.user, appointment.pk),
        access.seat_for(cast.counselor.user, appointment.pk),
    )


def make_room(cast: Cast, **fields: Any) -> tuple[Room, Seat, Seat]:
    """Both may write in it."""
    appointment = make_appointment(cast.seeker, cast.counselor, **fields)
    seeker, counselor = seats(cast, appointment)
    return rooms.enter(seat=seeker), seeker, counselor


def write(seat: Seat, text: str = "你好", key: uuid.UUID | None = None) -> Line:
    return lines.say(seat=seat, key=key or uuid.uuid4(), text=text)


def words_of(room: Room) -> list[str]:
    return [lines.text_of(line) for line in access.lines_after(room)]
