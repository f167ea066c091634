"""Where an employer promises places to a group, and takes a promise back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.cohorts.access import open_cohorts
from accounts.cohorts.models import Cohort
from accounts.employers.access import organization_for
from accounts.identity.http import SignedInRequest
from accounts.lib.places import city_by_code
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access_pledges as access
from jobs.applications.forms_prepared import PledgeForm
from jobs.applications.services import pledges as services


@require_http_methods(["GET", "HEAD", "POST"])
def pledges(request: SignedInRequest) -> HttpResponse:
    organization = organization_for(request.user)
    cohorts = {str(row.public_id): row for row in open_cohorts()}
    postings = {
        str(row.public_id): row for row in access.postings_to_pledge(request.user)
    }
    form = PledgeForm(
        request.POST or None,
        cohorts=[(key, _name(row)) for key, row in cohorts.items()],
        postings=[(key, row.title) for key, row in postings.items()],
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.make_pledge(
                actor=request.user,
                cohort=cohorts[told["cohort"]],
                posting=postings[told["posting"]],
                seats=told["seats"],
            )
        except TransitionRefused as refused:
            form.add_error(None, _why_not(refused))
        else:
            messages.success(request, _("Promised. Members of the group see it."))
            return redirect("applications:pledges")
    context = {
        "form": form,
        "can_pledge": bool(cohorts and postings),
        "is_checked": organization.is_verified(now=timezone.now()),
        "pledges": list(access.pledges_of(request.user)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/applications/pledges.html", context, status=status)


def _name(cohort: Cohort) -> str:
    city = city_by_code(cohort.city_code)
    name = city.name(get_language() or "") if city else ""
    return f"{cohort.label} · {name}" if name else cohort.label


def _why_not(refused: TransitionRefused) -> str:
    if isinstance(refused, services.NotChecked):
        return _("Only checked organisations can promise places.")
    if isinstance(refused, services.PledgedAlready):
        return _("You promised for this job already. Take that back first.")
    return _("The group or the job is not open any more.")


@require_POST
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    pledge = access.pledge_of(request.user, public_id)
    services.withdraw_pledge(pledge=pledge, actor=request.user)
    messages.success(request, _("Taken back. Members do not see it any more."))
    return redirect("applications:pledges")
