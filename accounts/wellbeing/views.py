from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.lib.dates import today
from accounts.wellbeing.hotlines import LANGUAGES, REGIONS, lines_of
from accounts.wellbeing.plan import PARTS
from accounts.wellbeing.rules.hotlines import KINDS, Hotline, shown_lines

REGION_NAMES = {
    "mainland": _("Mainland China"),
    "hongkong": _("Hong Kong"),
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
    shown = {
        kind: [
            _card(line, language)
            for line in shown_lines(lines, kind=kind, today=today())
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
    }


def _region(request: HttpRequest) -> str:
    """As asked for; else as the language of the page and of the device suggest."""
    asked = request.GET.get("region", "")
    if asked in REGIONS:
        return asked
    if get_language() != "zh-hant":
        return "mainland"
    wishes = request.headers.get("Accept-Language", "").lower()
    return "hongkong" if wishes.startswith(("zh-hk", "zh-mo")) else "taiwan"
