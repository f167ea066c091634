from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.models import CounselorSettings
from accounts.counselors.models import CounselorProfile

FAR = timedelta(days=3650)


def day_asked(request: HttpRequest, today: date) -> date:
    """Of `?day=2026-12-01`; today where that says nothing sensible."""
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return asked if abs(asked - today) <= FAR else today


def settled(counselor: CounselorProfile) -> CounselorSettings | None:
    row = settings_of(counselor)
    return None if row._state.adding else row


def settle_first(request: HttpRequest) -> HttpResponse:
    """Nothing can be said about hours before it is known how long a talk is, and how."""
    messages.info(request, _("First say how you work. Then come the hours."))
    return redirect("calendar:settings")
