"""The help card, as a whole page: rendered on the server, in the answer itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.care.safety import access as safety
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins.enums import Choice
from accounts.wellbeing.checkins.models import Sitting
from accounts.wellbeing.checkins.rules.asking import Asking
from accounts.wellbeing.views import lines_for


def first_card(request: SignedInRequest, sitting: Sitting) -> HttpResponse:
    """Help and three choices; contact only where somebody can keep that promise."""
    has_roster = safety.has_roster(now=timezone.now())
    choices = [
        (one.value, one.label) for one in Choice if one != Choice.CONTACT or has_roster
    ]
    context = lines_for(request) | {"sitting": sitting, "choices": choices}
    return render(request, "accounts/wellbeing/checkins/first.html", context)


def left_open_card(request: SignedInRequest, asking: Asking) -> HttpResponse:
    context: dict[str, Any] = lines_for(request) | {"asking": asking}
    return render(request, "accounts/wellbeing/checkins/left_open.html", context)


def lines_card(request: SignedInRequest) -> HttpResponse:
    """The numbers alone, where nothing could be kept to which a choice belongs."""
    context = lines_for(request) | {"answer": None}
    return render(request, "accounts/wellbeing/danger.html", context)
