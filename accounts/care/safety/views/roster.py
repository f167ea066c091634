"""Who is on duty when: planned by those who lead, seen by everybody who helps."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.safety import access
from accounts.care.safety.forms import ShiftForm
from accounts.care.safety.services import roster as service
from accounts.care.vault.access import counselor_only, supervisor_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import SHANGHAI, local_day, today

WEEK = timedelta(days=7)


def _monday(request: SignedInRequest) -> datetime:
    """Of the week that is asked for, else of this one."""
    asked = request.GET.get("week") or request.POST.get("week") or ""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today()
    first = day - timedelta(days=day.weekday())
    return datetime.combine(first, time(0), tzinfo=SHANGHAI)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def roster(request: SignedInRequest) -> HttpResponse:
    counselor = supervisor_only(request.user)
    monday = _monday(request)
    data = request.POST if request.method == "POST" else None
    form = ShiftForm(data, initial={"day": max(monday.date(), today())})
    if form.is_valid():
        told = form.cleaned_data
        try:
            service.add_shift(
                counselor=told["counselor"],
                starts_at=told["starts_at"],
                ends_at=told["ends_at"],
                made_by=counselor,
            )
        except service.OnDutyThen:
            form.add_error(None, _("This counselor is on duty then already."))
        else:
            messages.success(request, _("The hours are on the roster."))
            return _back(told["day"])
    context = _week(monday) | {"form": form}
    status = 422 if data is not None else 200
    return render(request, "accounts/care/safety/roster.html", context, status=status)


def _week(monday: datetime) -> dict[str, Any]:
    found = access.week_of(monday)
    days = [monday.date() + timedelta(days=n) for n in range(7)]
    return {
        "days": [
            (
                day,
                [s for s in found if s.starts_at.astimezone(SHANGHAI).date() == day],
            )
            for day in days
        ],
        "monday": monday.date(),
        "before": monday.date() - WEEK,
        "after": monday.date() + WEEK,
        "has_shifts": bool(found),
        "now": timezone.now(),
        "has_roster": access.has_roster(now=timezone.now()),
    }


def _back(day: date) -> HttpResponse:
    return redirect(f"{reverse('safety:roster')}?week={day:%Y-%m-%d}")


@require_POST
@care_page(Kind.COUNSELOR)
def remove(request: SignedInRequest, shift_id: UUID) -> HttpResponse:
    supervisor_only(request.user)
    shift = access.shift_by_id(shift_id)
    day = shift.starts_at.astimezone(SHANGHAI).date()
    service.remove_shift(shift=shift)
    messages.success(request, _("Taken off the roster."))
    return _back(day)


@require_POST
@care_page(Kind.COUNSELOR)
def repeat(request: SignedInRequest) -> HttpResponse:
    counselor = supervisor_only(request.user)
    monday = _monday(request)
    count = service.repeat_week(monday=monday, made_by=counselor)
    messages.success(
        request,
        ngettext(
            "%(n)d stretch of hours was copied.",
            "%(n)d stretches of hours were copied.",
            count,
        )
        % {"n": count},
    )
    return _back((monday + WEEK).date())


@require_safe
@care_page(Kind.COUNSELOR)
def my_duty(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    now = timezone.now()
    context = {
        "shifts": [
            (shift, local_day(shift.starts_at) != local_day(shift.ends_at))
            for shift in access.own_shift(counselor, now=now)
        ],
        "on_duty": access.on_duty(now=now),
        "now": now,
    }
    return render(request, "accounts/care/safety/my_duty.html", context)
