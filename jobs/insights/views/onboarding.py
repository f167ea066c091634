"""For operators: how long it takes an employer to begin."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from jobs.insights.access import operators_only
from jobs.insights.onboarding import SINCE, onboarding_times


@require_safe
def onboarding(request: SignedInRequest) -> HttpResponse:
    operators_only(request.user)
    context = {"times": onboarding_times(now=timezone.now()), "days": SINCE.days}
    return render(request, "jobs/insights/onboarding.html", context)
