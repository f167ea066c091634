"""Days that are not like the others, and days away."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.care.scheduling import calendar_access as access
from accounts.care.scheduling.access import booked_between, settings_of
from accounts.care.scheduling.enums import DayKind
from accounts.care.scheduling.forms.calendar import DayForm, LeaveForm
from accounts.care.scheduling.models import Appointment, CounselorSettings
from accounts.care.scheduling.rules.times import DAY, minutes_text
from accounts.care.scheduling.services import hours as services
from accounts.care.scheduling.views.common import settle_first, settled
from accounts.care.scheduling.views.hours import modes_text
from accounts.care.scheduling.zones import Shown, day_text, shown
from accounts.care.vault.access import counselor_only
from accounts.care.vault.http import care_page
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def days(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    settings = settled(counselor)
    if settings is None:
        return settle_first(request)
    today = _today(settings)
    data = request.POST if request.method == "POST" else None
    initial = {"day": request.GET.get("day", ""), "kind": DayKind.OFF}
    form = DayForm(data, settings=settings, today=today, initial=initial)
    if data is not None and form.is_valid():
        try:
            _add_day(counselor, form.cleaned_data)
        except services.Overlap:
            form.add_error("starts", _("Another line of this day lies over this time."))
        else:
            _say_what_stays(request, counselor, form.cleaned_data)
            return redirect("calendar:days")
    rows = access.days_of(counselor, since=today)
    context = {"form": form, "rows": [_told(row, settings) for row in rows]}
    status = 422 if data is not None else 200
    return render(request, "accounts/care/scheduling/days.html", context, status=status)


def _add_day(counselor: CounselorProfile, told: dict[str, Any]) -> None:
    services.add_day(
        counselor=counselor,
        day=told["day"],
        kind=told["kind"],
        starts=told["starts_at"],
        ends=told["ends_at"],
        modes=told["modes"],
    )


def _say_what_stays(
    request: SignedInRequest, counselor: CounselorProfile, told: dict[str, Any]
) -> None:
    """Hours taken out do not cancel anything: said, so that nobody is forgotten."""
    booked = booked_between(counselor, told["day"], told["day"])
    if told["kind"] == DayKind.OFF and booked:
        messages.warning(
            request,
            _("Added. What is booked on this day stays; please look at it."),
        )
    else:
        messages.success(request, _("The day is changed."))


def _told(row: Any, settings: CounselorSettings) -> dict[str, Any]:
    is_whole = (row.starts, row.ends) == (0, DAY)
    times = f"{minutes_text(row.starts)}–{minutes_text(row.ends)}"
    return {
        "row": row,
        "day": day_text(row.day, ZoneInfo(settings.zone)),
        "times": _("all day") if is_whole else times,
        "modes": modes_text(row.modes),
    }


@require_POST
@care_page(Kind.COUNSELOR)
def remove_day(request: SignedInRequest, day_id: UUID) -> HttpResponse:
    services.remove_day(exception=access.day_for(request.user, day_id))
    messages.success(request, _("Removed. That day is like the others again."))
    return redirect("calendar:days")


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def leave(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    settings = settings_of(counselor)
    today = _today(settings)
    data = request.POST if request.method == "POST" else None
    form = LeaveForm(data, today=today)
    booked: list[Appointment] = []
    if data is not None and form.is_valid():
        try:
            services.take_leave(counselor=counselor, **form.cleaned_data)
        except services.BookedInside as error:
            booked = error.appointments
        except services.Overlap:
            form.add_error("first_day", _("You are away on one of these days already."))
        else:
            messages.success(request, _("You are away then. Nobody can book."))
            return redirect("calendar:leave")
    zone = ZoneInfo(settings.zone)
    context = {
        "form": form,
        "booked": [_booked(row, zone) for row in booked],
        "rows": access.leaves_of(counselor, since=today),
    }
    status = 422 if data is not None else 200
    return render(
        request, "accounts/care/scheduling/leave.html", context, status=status
    )


def _booked(row: Appointment, zone: ZoneInfo) -> tuple[Appointment, Shown]:
    return row, shown(row.starts_at, row.ends_at, zone)


@require_POST
@care_page(Kind.COUNSELOR)
def end_leave(request: SignedInRequest, leave_id: UUID) -> HttpResponse:
    services.end_leave(leave=access.leave_for(request.user, leave_id))
    messages.success(request, _("Removed. People can book on these days again."))
    return redirect("calendar:leave")


def _today(settings: CounselorSettings) -> date:
    return timezone.now().astimezone(ZoneInfo(settings.zone)).date()
