"""A counselor's own week and day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.views.common import day_asked
from accounts.care.scheduling.week import days_of
from accounts.care.scheduling.zones import day_text, name_of
from accounts.care.vault.access import counselor_only, has_role
from accounts.care.vault.enums import Role
from accounts.care.vault.http import care_page
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

WEEK = timedelta(days=7)


@require_safe
@care_page(Kind.COUNSELOR)
def week(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    context = _common(counselor)
    today: date = context["today"]
    asked = day_asked(request, today)
    first = asked - timedelta(days=asked.weekday())
    days = days_of(counselor, first, 7, context["zone"])
    if first <= today < first + WEEK:
        # What is over needs no room before today, unless somebody was there.
        days = [one for one in days if one.day >= today or one.entries]
    context |= {
        "days": days,
        "first": first,
        "last": first + timedelta(days=6),
        "before": first - WEEK,
        "after": first + WEEK,
        "is_this_week": first <= today < first + WEEK,
    }
    return render(request, "accounts/care/scheduling/week.html", context)


@require_safe
@care_page(Kind.COUNSELOR)
def day(request: SignedInRequest, day: str) -> HttpResponse:
    counselor = counselor_only(request.user)
    context = _common(counselor)
    try:
        shown = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if abs((shown - context["today"]).days) > 3650:
        raise Http404
    context |= {
        "one": days_of(counselor, shown, 1, context["zone"])[0],
        "title": day_text(shown, context["zone"]),
        "before": shown - timedelta(days=1),
        "after": shown + timedelta(days=1),
    }
    return render(request, "accounts/care/scheduling/day.html", context)


def _common(counselor: CounselorProfile) -> dict[str, Any]:
    settings = settings_of(counselor)
    zone = ZoneInfo(settings.zone)
    return {
        "settings": settings,
        "is_settled": not settings._state.adding,
        "zone": zone,
        "zone_name": name_of(zone),
        "now": timezone.now(),
        "today": timezone.now().astimezone(zone).date(),
        "is_scheduler": has_role(counselor, Role.SCHEDULER),
    }
