from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.care.safety.plan import PARTS
from accounts.care.safety.services.danger import call_for_help
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.dates import today
from accounts.wellbeing.hotlines import LANGUAGES, REGIONS, lines_of
from accounts.wellbeing.rules.hotlines import (
    ADVICE,
    KINDS,
    Hotline,
    is_stale,
    lines_to_show,
    shown_lines,
)

logger = logging.getLogger(__name__)

REGION_NAMES = {
    "mainland": _("Mainland China"),
    "hongkong": _("Hong Kong"),
    "macau": _("Macau"),
    "taiwan": _("Taiwan"),
}


@login_not_required
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Numbers to call, for everybody; nothing about the visit is written down."""
    context = lines_for(request) | {
        "regions": [(code, REGION_NAMES[code]) for code in REGIONS],
    }
    return render(request, "accounts/wellbeing/help_now.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: HttpRequest) -> HttpResponse:
    """T1: the card, whatever else happens. Somebody is told only if the person allowed it."""
    answer = None
    user = request.user
    if request.method == "POST" and isinstance(user, User) and user.kind == Kind.SEEKER:
        try:
            answer = call_for_help(user=user)
        except DatabaseError:
            # The numbers help without us.
            logger.exception("a call for help could not be taken")
    context = lines_for(request) | {"answer": answer}
    return render(request, "accounts/wellbeing/danger.html", context)


def numbers_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The first few to call, for the card that a page keeps ready."""
    lines = lines_for(request)
    return [*lines["emergency"], *lines["talk"][:1]]


@login_not_required
@require_safe
def safety_plan(request: HttpRequest) -> HttpResponse:
    """A sheet to fill in. What is written on it never comes here."""
    context = lines_for(request) | {"parts": PARTS}
    return render(request, "accounts/wellbeing/safety_plan.html", context)


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown from the device itself when there is no connection."""
    return render(request, "accounts/wellbeing/offline.html", lines_for(request))


def lines_for(request: HttpRequest) -> dict[str, Any]:
    region = _region(request)
    language = get_language() or "zh-hans"
    language = language if language in LANGUAGES else "zh-hans"
    lines = lines_of(region)
    now = today()
    needed = lines_to_show(lines, today=now)
    advice = shown_lines(lines, kind=ADVICE, today=now)
    shown = {
        kind: [
            _card(line, language)
            for line in (advice if kind == ADVICE else needed)
            if line.kind == kind
        ]
        for kind in KINDS
    }
    checked_on = min((card["checked_on"] for card in shown["talk"]), default=None)
    return {"region": region, "checked_on": checked_on, **shown}


def _card(line: Hotline, language: str) -> dict[str, Any]:
    return {
        "number": line.number,
        "tel": line.tel,
        "name": line.name(language),
        "note": line.note(language),
        "checked_on": line.checked_on,
        # Shown only because too few others are left.
        "is_old": is_stale(line, today()),
    }


def _region(request: HttpRequest) -> str:
    """As asked for; else as the language of the page and of the device suggest."""
    asked = request.GET.get("region", "")
    if asked in REGIONS:
        return asked
    if get_language() != "zh-hant":
        return "mainland"
    wishes = request.headers.get("Accept-Language", "").lower()
    if wishes.startswith("zh-mo"):
        return "macau"
    return "hongkong" if wishes.startswith("zh-hk") else "taiwan"
