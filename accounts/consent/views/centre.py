"""What is stored, who looked, and what somebody agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.consent import access
from accounts.consent.descriptions import Holding, holdings_for
from accounts.consent.services import agree_anew, end_grant
from accounts.identity.http import SignedInRequest
from accounts.identity.models import User

LOOKS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Stored:
    """One area with how much is there for this person."""

    holding: Holding
    count: int
    url: str


@require_safe
def centre(request: SignedInRequest) -> HttpResponse:
    stored = _stored(request.user)
    lines = access.grants_of(request.user)
    context = {
        "stored": [one for one in stored if one.count],
        "empty": [one.holding.title for one in stored if not one.count],
        "looks": access.looks_at(request.user, limit=3),
        "grants": len(lines),
        "outdated": [line for line in lines if line.is_outdated],
    }
    return render(request, "accounts/consent/centre.html", context)


def _stored(user: User) -> list[Stored]:
    return [
        Stored(one, one.count(user), _address(one.url_name))
        for one in holdings_for(user)
    ]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name) if url_name else ""
    except NoReverseMatch:
        return ""


@require_safe
def looks(request: SignedInRequest) -> HttpResponse:
    """Who saw what, and why they could; older pages by row number."""
    before = request.GET.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 19 else 0
    found = access.looks_at(request.user, before=start, limit=LOOKS_SHOWN + 1)
    shown = found[:LOOKS_SHOWN]
    here = reverse("consent:looks")
    context = {
        "lines": shown,
        "older": f"{here}?before={shown[-1].pk}" if len(found) > len(shown) else "",
        "newer": here if start else "",
    }
    return render(request, "accounts/consent/looks.html", context)


@require_safe
def grants(request: SignedInRequest) -> HttpResponse:
    context = {
        "lines": access.grants_of(request.user),
        "past": access.past_grants_of(request.user),
    }
    return render(request, "accounts/consent/grants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One tap where nothing else follows; the page asks where something does."""
    line = access.grant_line_of(request.user, public_id)
    if not line.may_be_ended:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/consent/end.html", {"line": line})
    if line.recipient.consequence and "sure" not in request.POST:
        return render(request, "accounts/consent/end.html", {"line": line})
    end_grant(user=request.user, consent=line.consent)
    messages.success(request, _("Taken back."))
    return redirect("consent:grants")


@require_POST
def agree_again(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The words changed, were read again, and are still fine."""
    line = access.grant_line_of(request.user, public_id)
    if not line.is_outdated or line.grant is None or line.grant.ask_again:
        raise Http404
    agree_anew(user=request.user, consent=line.consent, version=line.grant.version)
    messages.success(request, _("Thank you. That is noted with today's words."))
    return redirect("consent:grants")
