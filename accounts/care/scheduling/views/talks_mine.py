"""Somebody's own talks: see, move, cancel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.care.scheduling import talk_access as access
from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.enums import AppointmentState as S, Mode, Topic
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.services import booking
from accounts.care.scheduling.services.times import BookingRefused, NotTogether
from accounts.care.scheduling.talk_forms import MoveForm, WishForm
from accounts.care.scheduling.talk_showing import choose, people_for
from accounts.care.scheduling.views.talks import FOLDER, refused
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_safe
@care_page(Kind.SEEKER)
def mine(request: SignedInRequest) -> HttpResponse:
    user = request.user
    context = {
        "coming": access.coming_of(user),
        "past": access.past_of(user),
        "seats": access.seats_of(user),
        "held": access.current_hold_of(user),
        "offer": access.offer_of(user),
        "entry": access.entry_of(user),
    }
    return render(request, f"{FOLDER}/mine.html", context)


@require_safe
@care_page(Kind.SEEKER)
def talk(request: SignedInRequest, talk_id: UUID) -> HttpResponse:
    row = access.talk_for(request.user, talk_id)
    if row.state == S.RESCHEDULED and hasattr(row, "replaced_by"):
        return redirect("talks:talk", row.replaced_by.pk)
    topic = access.topic_of(row)
    is_coming = row.state in (S.BOOKED, S.IN_PROGRESS) and row.ends_at > timezone.now()
    context: dict[str, Any] = {
        "talk": row,
        "topic": Topic(topic).label if topic else "",
        "phone": access.phone_of(row),
        "is_coming": is_coming,
        "may_change": row.state == S.BOOKED and row.starts_at > timezone.now(),
    }
    if is_coming and row.mode in (Mode.VIDEO, Mode.IN_PERSON):
        terms = settings_of(row.counselor)
        context["where"] = terms.video_link if row.mode == Mode.VIDEO else terms.place
    return render(request, f"{FOLDER}/talk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def move(request: SignedInRequest, talk_id: UUID) -> HttpResponse:
    """Choose a time, look at both, move it. Until then the old one stands."""
    row = access.booked_for(request.user, talk_id)
    if request.method == "POST":
        return _moved(request, row)
    return _other_times(request, row)


def _other_times(request: SignedInRequest, row: Appointment) -> HttpResponse:
    asked = WishForm(request.GET).wish()
    people, _own = people_for(request.user)
    wanted = asked["counselor"] or (
        None if "anybody" in request.GET else row.counselor.public_id
    )
    only = next((one for one in people if one.public_id == wanted), None)
    chosen = MoveForm(request.GET)
    context: dict[str, Any] = {"talk": row, "only": only}
    if only and chosen.is_valid():
        context |= {
            "to": chosen.cleaned_data["starts_at"],
            "to_value": chosen.cleaned_data["starts_at"].isoformat(),
            "whom": only,
        }
        return render(request, f"{FOLDER}/move_confirm.html", context)
    found = choose(request.user, mode=row.mode, only=only, after=asked["after"])
    context |= {"days": found.days, "more_after": found.more_after}
    if found.more_after:
        context["more_value"] = found.more_after.isoformat()
    return render(request, f"{FOLDER}/move.html", context)


def _moved(request: SignedInRequest, row: Appointment) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a time."))
        return redirect("talks:move", row.pk)
    people, _own = people_for(request.user)
    told = form.cleaned_data
    whom = next((one for one in people if one.public_id == told["counselor"]), None)
    try:
        if whom is None:
            raise NotTogether
        new = booking.reschedule(
            user=request.user,
            appointment_id=row.pk,
            counselor=whom,
            starts_at=told["starts_at"],
        )
    except BookingRefused as refusal:
        return refused(request, refusal, mode=row.mode, moves=row)
    messages.success(request, _("Moved. The old time is free for somebody else."))
    return redirect("talks:talk", new.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def cancel(request: SignedInRequest, talk_id: UUID) -> HttpResponse:
    """Nobody asks why."""
    row = access.booked_for(request.user, talk_id)
    if request.method != "POST":
        return render(request, f"{FOLDER}/cancel.html", {"talk": row})
    try:
        booking.cancel(appointment=row)
    except BookingRefused as refusal:
        return refused(request, refusal, mode=row.mode)
    messages.success(
        request, _("Cancelled. Thank you for saying so: somebody else gets the time.")
    )
    return redirect("talks:mine")
