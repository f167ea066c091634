from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.cohorts import access


@login_not_required
@never_cache
@require_safe
def counts(request: HttpRequest, token: str) -> HttpResponse:
    """The giver's private page: four figures as they stood on Monday, and no more.

    Nothing here is worked out when somebody looks, and no member's row is read.
    """
    cohort = access.cohort_by_token(token)
    context = {"cohort": cohort, "figures": access.figures_of(cohort)}
    response = render(request, "accounts/cohorts/counts.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
