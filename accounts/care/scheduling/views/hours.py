"""Weekly hours, line by line."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.scheduling import calendar_access as access
from accounts.care.scheduling.enums import Mode
from accounts.care.scheduling.forms.calendar import HoursForm, hours_initial
from accounts.care.scheduling.services import hours as services
from accounts.care.scheduling.views.common import settle_first, settled
from accounts.care.vault.access import counselor_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

FORM = "accounts/care/scheduling/hours_form.html"


@require_safe
@care_page(Kind.COUNSELOR)
def hours(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    if settled(counselor) is None:
        return settle_first(request)
    rows = groupby(access.hours_of(counselor), key=lambda row: row.weekday)
    context = {
        "days": [
            (WEEKDAYS[weekday], [(row, modes_text(row.modes)) for row in lines])
            for weekday, lines in rows
        ]
    }
    return render(request, "accounts/care/scheduling/hours.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def add(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    settings = settled(counselor)
    if settings is None:
        return settle_first(request)
    data = request.POST if request.method == "POST" else None
    form = HoursForm(data, settings=settings, initial=_copied(request))
    if data is not None and form.is_valid():
        told = form.cleaned_data
        try:
            services.add_hours(
                counselor=counselor, weekdays=told["weekdays"], **_line(told)
            )
        except services.Overlap as error:
            form.add_error("weekdays", _over(error))
        else:
            messages.success(request, _("Added. People can book in it from now on."))
            return redirect("calendar:hours")
    status = 422 if data is not None else 200
    return render(request, FORM, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def change(request: SignedInRequest, rule_id: UUID) -> HttpResponse:
    rule = access.hours_for(request.user, rule_id)
    settings = settled(rule.counselor)
    if settings is None:
        return settle_first(request)
    data = request.POST if request.method == "POST" else None
    form = HoursForm(
        data, settings=settings, is_change=True, initial=hours_initial(rule)
    )
    if data is not None and form.is_valid():
        try:
            services.change_hours(rule=rule, **_line(form.cleaned_data))
        except services.Overlap as error:
            form.add_error("starts", _over(error))
        else:
            messages.success(request, _("Changed. What is booked stays as it is."))
            return redirect("calendar:hours")
    context = {"form": form, "rule": rule, "weekday": WEEKDAYS[rule.weekday]}
    return render(request, FORM, context, status=422 if data is not None else 200)


@require_POST
@care_page(Kind.COUNSELOR)
def remove(request: SignedInRequest, rule_id: UUID) -> HttpResponse:
    services.remove_hours(rule=access.hours_for(request.user, rule_id))
    messages.success(request, _("Removed. What is booked stays as it is."))
    return redirect("calendar:hours")


def _copied(request: SignedInRequest) -> dict[str, Any]:
    """Of `?copy=`: the same line for other days."""
    try:
        rule = access.hours_for(request.user, UUID(request.GET.get("copy", "")))
    except ValueError:
        return {}
    return hours_initial(rule)


def _line(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "starts": told["starts_at"],
        "ends": told["ends_at"],
        "modes": told["modes"],
        "valid_from": told["valid_from"],
        "valid_until": told["valid_until"],
    }


def _over(error: services.Overlap) -> str:
    days = joined(WEEKDAYS[weekday] for weekday in error.weekdays)
    told = _("On %(days)s another line lies over this time. Change one of the two.")
    return told % {"days": days}


def joined(words: Any) -> str:
    return str(pgettext("between the words of a list", ", ")).join(map(str, words))


def modes_text(modes: list[str]) -> str:
    return joined(Mode(code).label for code in Mode if code in modes)
