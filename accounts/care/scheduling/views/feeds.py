"""Times in people's own calendar programs: a secret address, and single files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.care.scheduling import calendar_access as access
from accounts.care.scheduling.ics import calendar_file
from accounts.care.scheduling.services import feeds
from accounts.care.vault.access import counselor_only
from accounts.care.vault.http import care_page
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.emails import page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_safe
@care_page(Kind.SEEKER, Kind.COUNSELOR)
def address(request: SignedInRequest) -> HttpResponse:
    _counselor(request)
    found = access.feed_of(request.user)
    context = {
        "url": page("calendar:feed", token=found[1]) if found else "",
        "back": _back(request),
    }
    return render(request, "accounts/care/scheduling/address.html", context)


@require_POST
@care_page(Kind.SEEKER, Kind.COUNSELOR)
def new_address(request: SignedInRequest) -> HttpResponse:
    feeds.new_address(user=request.user, counselor=_counselor(request))
    messages.success(request, _("Here is your address. An older one no longer works."))
    return redirect("calendar:address")


@require_POST
@care_page(Kind.SEEKER, Kind.COUNSELOR)
def close_address(request: SignedInRequest) -> HttpResponse:
    _counselor(request)
    feeds.close_address(user=request.user)
    messages.success(request, _("Switched off. The address shows nothing any more."))
    return redirect("calendar:address")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Calendar programs cannot sign in: whoever has the address reads times, no more."""
    del request
    with behind_the_wall():
        rows = list(access.published_to(access.feed_by(token)))
        told = calendar_file(rows, first=access.first_of(rows))
    return _file(told)


@require_safe
@care_page(Kind.SEEKER, Kind.COUNSELOR)
def single(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    row = access.appointment_for(request.user, appointment_id)
    return _file(calendar_file([row], first=access.first_of([row])))


def _file(told: bytes) -> HttpResponse:
    response = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _counselor(request: SignedInRequest) -> CounselorProfile | None:
    """404 for a counselor whose credential is not checked now."""
    is_counselor = request.user.kind == Kind.COUNSELOR
    return counselor_only(request.user) if is_counselor else None


def _back(request: SignedInRequest) -> str:
    is_counselor = request.user.kind == Kind.COUNSELOR
    return reverse("calendar:week" if is_counselor else "talks:mine")
