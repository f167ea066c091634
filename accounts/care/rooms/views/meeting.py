"""What the counselor needs when the time has come: the number, the link, or the place."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.care.rooms import access
from accounts.care.rooms.access import Seat
from accounts.care.rooms.rules import times
from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.enums import Mode
from accounts.care.scheduling.talk_access import phone_of
from accounts.care.vault.enums import Reader
from accounts.care.vault.http import care_page
from accounts.care.vault.services.log import note_access
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_safe
@care_page(Kind.COUNSELOR)
def meet(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    seat = access.meeting_for(request.user, appointment_id)
    row = seat.appointment
    if row.mode == Mode.TEXT:
        return redirect("rooms:room", row.pk)
    terms = settings_of(seat.counselor)
    context = {
        "appointment": row,
        "seat": seat,
        "name": access.name_of(seat.subject),
        "opens_at": times.opens_at(row.starts_at),
        "phone": _number(seat) if row.mode == Mode.PHONE else "",
        "video_link": terms.video_link,
        "place": terms.place,
    }
    return render(request, "accounts/care/rooms/meet.html", context)


def _number(seat: Seat) -> str:
    """Only while the talk may go on, and each look is written down for the person."""
    if seat.phase() != times.OPEN:
        return ""
    number = phone_of(seat.appointment)
    if number:
        note_access(
            subject=seat.subject,
            reader=Reader.COUNSELOR,
            counselor=seat.counselor,
            action="room.number",
            object_id=seat.appointment.pk,
        )
    return number
