"""Who may be in a room: the appointment's two people, and nobody else at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.cases.enums import ENDED
from accounts.care.cases.models import Case
from accounts.care.rooms.enums import Side
from accounts.care.rooms.models import Line, Room
from accounts.care.rooms.rules import times
from accounts.care.scheduling.enums import AppointmentState, Mode
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.access import (
    counselor_only,
    seeker_only,
    subject_of,
    user_of,
)
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.seekers.access import profile_or_none

# A time that was moved or called off has no room; a missed one says so kindly.
TAKES_PLACE = (
    AppointmentState.BOOKED,
    AppointmentState.IN_PROGRESS,
    AppointmentState.ATTENDED,
)
HAS_ROOM = (*TAKES_PLACE, AppointmentState.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the two places of an appointment's room."""

    appointment: Appointment
    subject: Subject
    side: Side

    @property
    def counselor(self) -> CounselorProfile:
        return self.appointment.counselor

    @property
    def is_seeker(self) -> bool:
        return self.side == Side.SEEKER

    def phase(self) -> str:
        if self.appointment.state not in TAKES_PLACE:
            return times.OVER
        return times.phase(
            starts_at=self.appointment.starts_at,
            ends_at=self.appointment.ends_at,
            now=timezone.now(),
        )


def seat_for(user: User, appointment_id: UUID) -> Seat:
    """The user's own place in the room of this appointment, or 404."""
    rows = Appointment.objects.filter(
        mode=Mode.TEXT, state__in=HAS_ROOM, subject__ring__isnull=False
    ).select_related("subject", "counselor")
    if user.kind == Kind.COUNSELOR:
        found = get_object_or_404(
            rows, pk=appointment_id, counselor=counselor_only(user)
        )
        side = Side.COUNSELOR
    else:
        subject = subject_of(seeker_only(user))
        if subject is None:
            raise Http404
        found = get_object_or_404(rows, pk=appointment_id, subject=subject)
        side = Side.SEEKER
    assert found.subject is not None
    return Seat(found, found.subject, side)


def meeting_for(user: User, appointment_id: UUID) -> Seat:
    """The counselor's own appointment with one person, in whatever mode, or 404."""
    rows = Appointment.objects.filter(
        state__in=TAKES_PLACE, subject__ring__isnull=False
    ).select_related("subject", "counselor")
    found = get_object_or_404(rows, pk=appointment_id, counselor=counselor_only(user))
    assert found.subject is not None
    return Seat(found, found.subject, Side.COUNSELOR)


def room_of(seat: Seat) -> Room | None:
    return Room.objects.filter(appointment=seat.appointment).first()


def lines_after(room: Room, number: int = 0) -> QuerySet[Line]:
    return (
        room.lines.filter(number__gt=number)
        .select_related("subject")
        .order_by("number")
    )


def name_of(subject: Subject) -> str:
    """As the counselor knows the person: the name they chose here."""
    user = user_of(subject)
    profile = profile_or_none(user) if user else None
    return profile.pseudonym if profile else ""


def rooms_whose_time_is_over() -> QuerySet[Room]:
    limit = timezone.now() - times.ENDS_AFTER
    return Room.objects.filter(
        ended_at__isnull=True, appointment__ends_at__lte=limit
    ).order_by("pk")


def forget_at(room: Room) -> datetime | None:
    """When the words of an ended room go; None while that is not known yet."""
    if room.ended_at is None:
        return None
    cases = Case.objects.filter(subject=room.subject_id)
    return times.forget_at(
        ended_at=room.ended_at,
        is_kept=room.is_kept,
        has_open_case=cases.exclude(state__in=ENDED).exists(),
        case_closed_at=cases.aggregate(last=Max("closed_at"))["last"],
    )


def rooms_to_forget(*, now: datetime) -> list[Room]:
    """Ended, with words that had their time."""
    rows = Room.objects.filter(forgotten_at__isnull=True)
    gone = rows.filter(is_kept=False, ended_at__lte=now - times.FORGOTTEN_AFTER)
    kept = rows.filter(is_kept=True, ended_at__lte=now - times.KEPT_AFTER_CLOSE)
    over = [room for room in kept if (at := forget_at(room)) and at <= now]
    return [*gone.order_by("pk"), *over]
