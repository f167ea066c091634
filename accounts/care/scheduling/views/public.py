"""What anybody may read before they book, and the clock by which they read times."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.care.scheduling.forms.calendar import ZoneForm
from accounts.care.scheduling.week import staffed_week
from accounts.care.scheduling.zones import COOKIE, YEAR, zone_of
from accounts.care.vault.http import care_page
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What counselors do and do not do, and when somebody is there."""
    with behind_the_wall():
        days = staffed_week()
    context = {"days": days, "is_staffed": any(one.hours for one in days)}
    return render(request, "accounts/care/scheduling/about.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def zone(request: SignedInRequest) -> HttpResponse:
    """Kept on this device only: where somebody is, is nothing for our tables."""
    data = request.POST if request.method == "POST" else None
    form = ZoneForm(data, initial={"zone": zone_of(request).key})
    after = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        after = ""
    if data is not None and form.is_valid():
        messages.success(request, _("You see all times by this clock now."))
        response = redirect(after or "calendar:zone")
        response.set_cookie(
            COOKIE,
            form.cleaned_data["zone"],
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return response
    context = {"form": form, "next": after}
    status = 422 if data is not None else 200
    return render(request, "accounts/care/scheduling/zone.html", context, status=status)
