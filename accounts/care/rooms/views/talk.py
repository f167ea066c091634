"""The room itself: before, during, after."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.rooms import access
from accounts.care.rooms.access import Seat
from accounts.care.rooms.forms import LineForm
from accounts.care.rooms.models import Room
from accounts.care.rooms.rules import times
from accounts.care.rooms.services import lines as services, rooms
from accounts.care.rooms.services.rooms import RoomNotOpen, RoomOver
from accounts.care.rooms.views.presentation import other_of, shown_lines
from accounts.care.vault.access import may
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.services.log import note_access
from accounts.care.vault.texts import words_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

BOTH = (Kind.SEEKER, Kind.COUNSELOR)


@require_safe
@care_page(*BOTH)
def room(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    seat = access.seat_for(request.user, appointment_id)
    return _page(request, seat, LineForm())


@require_POST
@care_page(*BOTH)
def say(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    """A line: to the script what is new, to others the page."""
    seat = access.seat_for(request.user, appointment_id)
    form = LineForm(request.POST)
    try:
        if form.is_valid():
            told = form.cleaned_data
            services.say(seat=seat, key=told["key"], text=told["text"])
            return _said(request, seat, after=told["after"] or 0)
    except services.TooFast:
        if _is_script(request):
            return HttpResponse(status=429)
        form.add_error(
            "text", _("That was a bit quick. Please wait a moment and send it again.")
        )
    except (RoomNotOpen, RoomOver):
        if _is_script(request):
            return HttpResponse(status=410)
    if _is_script(request):
        found = form.errors.get("text")
        words = " ".join(map(str, found or [_("This could not be sent.")]))
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    return _page(request, seat, form, status=422)


def _said(request: SignedInRequest, seat: Seat, *, after: int) -> HttpResponse:
    if not _is_script(request):
        return redirect(reverse("rooms:room", args=[seat.appointment.pk]) + "#write")
    found = access.room_of(seat)
    return (
        HttpResponse(status=410)
        if found is None
        else _news(request, seat, found, after=after)
    )


@require_safe
@care_page(*BOTH)
def lines(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    """Asked every few seconds: what is new since `after`, or 204."""
    seat = access.seat_for(request.user, appointment_id)
    after = _number(request.GET.get("after", ""))
    try:
        found = rooms.enter(seat=seat)
    except (RoomNotOpen, RoomOver):
        return HttpResponse(headers={"HX-Redirect": request.path.replace("lines/", "")})
    is_read = request.GET.get("shown") == "1"
    found = services.mark(seat=seat, room=found, got=after, is_read=is_read)
    other = other_of(seat, found)
    if found.last_number <= after and request.GET.get("state") == other.state:
        return HttpResponse(status=204)
    return _news(request, seat, found, after=after)


def _news(
    request: SignedInRequest, seat: Seat, found: Room, *, after: int
) -> HttpResponse:
    other = other_of(seat, found)
    shown = shown_lines(seat, found, other, after=after)
    context = {"lines": shown, "other": other}
    return render(request, "accounts/care/rooms/_news.html", context)


def _page(
    request: SignedInRequest, seat: Seat, form: LineForm, status: int = 200
) -> HttpResponse:
    try:
        found = rooms.enter(seat=seat)
    except RoomNotOpen:
        return _early(request, seat)
    except RoomOver:
        return _over(request, seat, form, status=status)
    note_look(seat)
    found = services.mark(seat=seat, room=found, got=found.last_number, is_read=True)
    other = other_of(seat, found)
    context = _shared(seat) | {
        "form": form,
        "other": other,
        "lines": shown_lines(seat, found, other),
        "last": found.last_number,
        "closes_at": times.closes_at(seat.appointment.ends_at),
    }
    return render(request, "accounts/care/rooms/open.html", context, status=status)


def _early(request: SignedInRequest, seat: Seat) -> HttpResponse:
    context = _shared(seat) | {
        "other": other_of(seat, None),
        "opens_at": times.opens_at(seat.appointment.starts_at),
    }
    return render(request, "accounts/care/rooms/early.html", context)


def _over(
    request: SignedInRequest, seat: Seat, form: LineForm, *, status: int
) -> HttpResponse:
    found = access.room_of(seat)
    has_words = found is not None and found.forgotten_at is None
    other = other_of(seat, found)
    shown = shown_lines(seat, found, other) if found and has_words else []
    if shown:
        note_look(seat)
    context = _shared(seat) | {
        "room": found,
        "other": other,
        "lines": shown,
        "forget_at": access.forget_at(found) if found and has_words else None,
        "unsent": form.data.get("text", "") if form.is_bound else "",
    }
    return render(request, "accounts/care/rooms/over.html", context, status=status)


def _shared(seat: Seat) -> dict[str, object]:
    return {
        "appointment": seat.appointment,
        "seat": seat,
        "keeps": may(seat.subject, Scope.TRANSCRIPT, seat.counselor),
        "keep_words": words_of(Scope.TRANSCRIPT),
    }


def note_look(seat: Seat) -> None:
    """Each time the counselor opens the page, not each time it asks for news."""
    if seat.is_seeker:
        return
    note_access(
        subject=seat.subject,
        reader=Reader.COUNSELOR,
        counselor=seat.counselor,
        action="room.read",
        object_id=seat.appointment.pk,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(*BOTH)
def end(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    """Asked once more, so that no slip of a finger ends a talk."""
    seat = access.seat_for(request.user, appointment_id)
    try:
        rooms.enter(seat=seat)
        if request.method != "POST":
            context = {"appointment": seat.appointment, "other": other_of(seat, None)}
            return render(request, "accounts/care/rooms/end.html", context)
        rooms.end(seat=seat)
    except (RoomNotOpen, RoomOver):
        pass
    return redirect("rooms:room", seat.appointment.pk)


def _is_script(request: SignedInRequest) -> bool:
    return "HX-Request" in request.headers


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
