"""7, 30 and 90 days after the first day: one minute, on either side's own page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access_offers
from jobs.applications.enums import Side
from jobs.applications.forms_offers import CheckInForm, OwnCheckInForm
from jobs.applications.rules.retention import needs_help
from jobs.applications.services.retention import answer_check_in
from jobs.applications.services.showing import note_listed


@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The seeker's own; afterwards what may help, by what they said."""
    application, check = access_offers.check_in_of(request.user, public_id)
    is_open = access_offers.open_check_in(application, Side.SEEKER, today=today())
    form = OwnCheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_check_in(check=check, actor=request.user, **form.cleaned_data)
        except TransitionRefused:
            messages.error(request, _("You have answered this already."))
        else:
            messages.success(request, _("Thank you. Only we read this."))
        return redirect("applications:checkin", public_id)
    context = {
        "application": application,
        "posting": application.posting,
        "check": check,
        "form": form if is_open == check else None,
        "offers_help": needs_help(
            answer=check.answer,
            promised=check.promised,
            contact=check.debt_contact,
            wants_help=check.wants_help,
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/applications/checkin.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def received_checkin(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The employer's: still there, yes or no."""
    application, check = access_offers.received_check_in(request.user, public_id)
    note_listed(applications=[application], actor=request.user)
    is_open = access_offers.open_check_in(application, Side.EMPLOYER, today=today())
    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_check_in(check=check, actor=request.user, **form.cleaned_data)
        except TransitionRefused:
            messages.error(request, _("You have answered this already."))
        else:
            messages.success(request, _("Thank you."))
        return redirect("applications:received_checkin", public_id)
    context = {
        "application": application,
        "posting": application.posting,
        "check": check,
        "form": form if is_open == check else None,
    }
    status = 422 if form.is_bound else 200
    return render(
        request, "jobs/applications/received_checkin.html", context, status=status
    )
