"""Groups for seekers: look, take a seat, give it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.scheduling import talk_access as access
from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.enums import (
    IN_THE_GROUP,
    AppointmentState as S,
    Mode,
    SeatState,
)
from accounts.care.scheduling.models import Group, Seat
from accounts.care.scheduling.registry import is_barred
from accounts.care.scheduling.services import groups
from accounts.care.scheduling.services.sealed import NICKNAME
from accounts.care.scheduling.services.times import BookingRefused
from accounts.care.scheduling.talk_forms import SeatForm
from accounts.care.vault import keys
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_safe
@care_page(Kind.SEEKER)
def all_groups(request: SignedInRequest) -> HttpResponse:
    mine = {seat.group_id: seat for seat in access.seats_of(request.user)}
    rows = [
        {"group": one, "free": max(0, one.seats - one.taken), "seat": mine.get(one.pk)}  # type: ignore[attr-defined]
        for one in access.coming_groups(now=timezone.now())
        if not is_barred(request.user, one.appointment.counselor)
    ]
    return render(request, "accounts/care/scheduling/talks/groups.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def group(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    """One group; a POST takes a seat, or a place on its list when it is full."""
    row = access.group_for(request.user, group_id)
    form = SeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            seat = groups.take_seat(
                user=request.user,
                group_id=row.pk,
                nickname=form.cleaned_data["nickname"],
            )
        except groups.NameTaken:
            taken = _(
                "Somebody in this group is called that already. Please choose another name."
            )
            form.add_error("nickname", taken)
        except BookingRefused as refusal:
            form.add_error(None, _why(refusal))
        else:
            messages.success(request, _said(seat))
            return redirect("talks:group", row.pk)
    status = 422 if request.method == "POST" else 200
    context = _shown(request, row) | {"form": form}
    return render(
        request, "accounts/care/scheduling/talks/group.html", context, status=status
    )


def _shown(request: SignedInRequest, row: Group) -> dict[str, Any]:
    seat = access.seat_in(request.user, row)
    is_in = seat is not None and seat.state in IN_THE_GROUP
    is_coming = row.appointment.state == S.BOOKED
    is_coming = is_coming and row.appointment.starts_at > timezone.now()
    context: dict[str, Any] = {
        "group": row,
        "talk": row.appointment,
        "free": max(0, row.seats - row.taken),  # type: ignore[attr-defined]
        "seat": seat if is_in else None,
        "is_coming": is_coming,
    }
    if seat is not None and is_in:
        context["nickname"] = keys.unseal(seat.subject, NICKNAME, seat.nickname)
        if is_coming and seat.state == SeatState.TAKEN:
            terms = settings_of(row.appointment.counselor)
            is_video = row.appointment.mode == Mode.VIDEO
            context["where"] = terms.video_link if is_video else terms.place
    return context


def _said(seat: Seat) -> str:
    if seat.state == SeatState.WAITING:
        return _("The group is full. We write to you when a seat comes free.")
    return _("The seat is yours.")


def _why(refusal: BookingRefused) -> str:
    if isinstance(refusal, groups.AlreadyIn):
        return _("You are in this group already.")
    if isinstance(refusal, groups.GroupOver):
        return _("This group has begun or was called off.")
    return _("This group is not available to you. Please choose another one.")


@require_POST
@care_page(Kind.SEEKER)
def accept(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    """Yes to a seat that came free."""
    seat = access.seat_for(request.user, group_id)
    try:
        groups.accept_seat(user=request.user, group_id=seat.group_id)
    except BookingRefused:
        messages.error(
            request, _("This seat went on to somebody else in the meantime.")
        )
    else:
        messages.success(request, _("The seat is yours."))
    return redirect("talks:group", seat.group_id)


@require_POST
@care_page(Kind.SEEKER)
def give_back(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    seat = access.seat_for(request.user, group_id)
    groups.give_back(user=request.user, group_id=seat.group_id)
    messages.success(request, _("Given back. Somebody else can sit there now."))
    return redirect("talks:groups")
