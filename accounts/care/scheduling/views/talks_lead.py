"""The counselor's side: groups they lead, and a talk they have to call off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.scheduling import talk_access as access
from accounts.care.scheduling.access import open_slots, settings_of
from accounts.care.scheduling.enums import (
    GROUP_MODES,
    Actor,
    AppointmentState as S,
    SeatState,
)
from accounts.care.scheduling.models import Seat
from accounts.care.scheduling.services import booking, groups
from accounts.care.scheduling.services.sealed import NICKNAME
from accounts.care.scheduling.services.times import BookingRefused, SlotTaken
from accounts.care.scheduling.talk_forms import GroupForm
from accounts.care.scheduling.views.talks import FOLDER
from accounts.care.vault import keys
from accounts.care.vault.access import counselor_only
from accounts.care.vault.enums import Reader
from accounts.care.vault.http import care_page
from accounts.care.vault.services.log import note_access
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import appointment_text

# Somebody needs a few days to hear of a group.
TIMES = 60


@require_safe
@care_page(Kind.COUNSELOR)
def led(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    now = timezone.now()
    rows = access.led_groups_of(counselor)
    coming = [
        row
        for row in rows
        if row.appointment.state == S.BOOKED and row.appointment.ends_at > now
    ]
    context = {
        "coming": sorted(coming, key=lambda row: row.appointment.starts_at),
        "past": [row for row in rows if row not in coming],
    }
    return render(request, f"{FOLDER}/led.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def open_group(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    modes = [mode for mode in settings_of(counselor).modes if mode in GROUP_MODES]
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        times=_own_times(counselor, modes),
        modes=modes,
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        starts_at = parse_datetime(told.pop("starts_at"))
        try:
            assert starts_at is not None
            made = groups.open_group(counselor=counselor, starts_at=starts_at, **told)
        except SlotTaken:
            form.add_error(
                "starts_at", _("This time is not free in that way any more.")
            )
        else:
            messages.success(request, _("Open. Seekers can take seats now."))
            return redirect("talks:led_group", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "has_modes": bool(modes)}
    return render(request, f"{FOLDER}/open_group.html", context, status=status)


def _own_times(counselor: CounselorProfile, modes: list[str]) -> list[tuple[str, str]]:
    slots = open_slots(counselors=[counselor], own=[counselor], limit=TIMES)
    return [
        (slot.starts_at.isoformat(), appointment_text(slot.starts_at))
        for slot in slots
        if slot.modes & set(modes)
    ]


@require_safe
@care_page(Kind.COUNSELOR)
def led_group(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    """Nicknames only; each of these people reads that their counselor looked."""
    counselor = counselor_only(request.user)
    group = access.led_group(counselor, group_id)
    places = access.places_in(group)
    if request.method == "GET":
        for place in places:
            _note(place, counselor)
    now = timezone.now()
    row = group.appointment
    context = {
        "group": group,
        "talk": row,
        "places": [
            (place, keys.unseal(place.subject, NICKNAME, place.nickname))
            for place in places
            if place.subject.ring is not None
        ],
        "may_call_off": row.state == S.BOOKED and row.starts_at > now,
        "may_mark": row.state == S.BOOKED and row.starts_at <= now,
        "marked": (SeatState.TAKEN, SeatState.ATTENDED, SeatState.MISSED),
    }
    return render(request, f"{FOLDER}/led_group.html", context)


def _note(place: Seat, counselor: CounselorProfile) -> None:
    note_access(
        subject=place.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action="group.read",
        object_id=place.group_id,
    )


@require_POST
@care_page(Kind.COUNSELOR)
def mark(request: SignedInRequest, group_id: UUID, seat_id: UUID) -> HttpResponse:
    """Whether somebody was there; it can be put right."""
    counselor = counselor_only(request.user)
    group = access.led_group(counselor, group_id)
    try:
        groups.mark_seat(
            group=group, seat_id=seat_id, was_there=request.POST.get("was") == "there"
        )
    except BookingRefused:
        messages.error(request, _("The group has not begun, or the seat is empty."))
    return redirect("talks:led_group", group.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def call_off_group(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    group = access.led_group(counselor, group_id)
    if request.method == "POST":
        try:
            groups.call_off_group(group=group)
        except BookingRefused:
            messages.error(request, _("It has begun or was called off already."))
        else:
            messages.success(request, _("Called off. Everybody in it is told."))
        return redirect("talks:led")
    context = {"group": group, "talk": group.appointment}
    return render(request, f"{FOLDER}/call_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def call_off(request: SignedInRequest, talk_id: UUID) -> HttpResponse:
    """One talk: the person is told that there is news, and finds other times."""
    counselor = counselor_only(request.user)
    row = access.callable_off(counselor, talk_id)
    if request.method == "POST":
        try:
            booking.cancel(appointment=row, actor=Actor.COUNSELOR)
        except BookingRefused:
            messages.error(request, _("It has begun or was called off already."))
        else:
            messages.success(request, _("Called off. The person is told."))
        return redirect("talks:led")
    return render(request, f"{FOLDER}/call_off.html", {"talk": row})
