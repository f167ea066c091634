"""Making and closing cohorts. Operators see the giver's figures, never a member."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.cohorts import access
from accounts.cohorts.forms import CohortForm
from accounts.cohorts.models import Cohort
from accounts.cohorts.services import cohorts as services
from accounts.identity.emails import page
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import day_end
from accounts.lib.places import city_by_code
from accounts.lib.qr import qr_picture
from accounts.lib.short_codes import spaced


@require_safe
def cohorts(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    found = access.cohorts_for(request.user)
    rows = [(cohort, cohort.is_taking(now=now)) for cohort in found]
    return render(request, "accounts/cohorts/list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    access.cohorts_for(request.user)
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        cohort = services.create_cohort(
            actor=request.user,
            label=data["label"],
            giver_kind=data["giver_kind"],
            city_code=data["city"],
            former_employer=data["former_employer"],
            opens_at=day_end(data["opens_on"] - timedelta(days=1)),
            closes_at=day_end(data["closes_on"]),
            size_limit=data["size_limit"],
        )
        messages.success(request, _("Made. The code is below."))
        return redirect("cohorts:detail", cohort.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/cohorts/new.html", {"form": form}, status=status)


@never_cache
@require_safe
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    cohort = access.cohort_for(request.user, public_id)
    city = city_by_code(cohort.city_code)
    context = {
        "cohort": cohort,
        "is_taking": cohort.is_taking(now=timezone.now()),
        "code": spaced(cohort.code),
        "city": city.name(get_language() or "") if city else "",
        "last_day": cohort.closes_at - timedelta(seconds=1),
        "counts_url": page("cohorts:counts", token=access.counts_token(cohort)),
        "figures": access.figures_of(cohort),
        "sessions": list(access.upcoming(cohort)),
    }
    return render(request, "accounts/cohorts/detail.html", context)


@never_cache
@require_safe
def poster(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    cohort = access.cohort_for(request.user, public_id)
    url = join_url(cohort)
    context = {
        "cohort": cohort,
        "code": spaced(cohort.code),
        "url": url,
        "enter_url": page("cohorts:enter"),
        "qr": qr_picture(url),
        "last_day": cohort.closes_at - timedelta(seconds=1),
    }
    return render(request, "accounts/cohorts/poster.html", context)


@require_POST
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    cohort = access.cohort_for(request.user, public_id)
    services.close_cohort(cohort=cohort, actor=request.user)
    messages.success(request, _("Closed. The code takes nobody any more."))
    return redirect("cohorts:detail", cohort.public_id)


@require_POST
def renew_link(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    cohort = access.cohort_for(request.user, public_id)
    services.renew_link(cohort=cohort, actor=request.user)
    messages.success(request, _("Here is a new link. The old one no longer works."))
    return redirect("cohorts:detail", cohort.public_id)


def join_url(cohort: Cohort) -> str:
    return page("cohorts:join", code=cohort.code)
