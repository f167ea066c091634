"""How long the words stay: only the person says."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.care.rooms import access
from accounts.care.rooms.services import transcripts
from accounts.care.vault.enums import Reader
from accounts.care.vault.http import care_page
from accounts.care.vault.services.log import note_access
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_POST
@care_page(Kind.SEEKER)
def keep(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    seat = access.seat_for(request.user, appointment_id)
    transcripts.keep(subject=seat.subject, counselor=seat.counselor)
    messages.success(request, _("It stays. You can delete it at any time."))
    return redirect("rooms:room", appointment_id)


@require_POST
@care_page(Kind.SEEKER)
def unkeep(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    seat = access.seat_for(request.user, appointment_id)
    transcripts.stop_keeping(subject=seat.subject, counselor=seat.counselor)
    messages.success(request, _("It goes 24 hours after the talk."))
    return redirect("rooms:room", appointment_id)


@require_POST
@care_page(Kind.SEEKER)
def forget(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    seat = access.seat_for(request.user, appointment_id)
    room = access.room_of(seat)
    if room is None:
        raise Http404
    try:
        is_gone = transcripts.forget(room=room)
    except transcripts.StillOpen:
        messages.info(request, _("End the talk first, then you can delete it."))
        return redirect("rooms:room", appointment_id)
    if is_gone:
        note_access(
            subject=seat.subject,
            reader=Reader.SELF,
            action="room.forgotten",
            object_id=appointment_id,
        )
    messages.success(request, _("Deleted. Nobody can read it any more."))
    return redirect("rooms:room", appointment_id)
