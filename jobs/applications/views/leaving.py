"""Withdrawing, coming back, and what becomes of the rest after a yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.identity.http import SignedInRequest
from accounts.lib.dates import SHANGHAI
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access, access_offers
from jobs.applications.enums import ACTIVE_STATES
from jobs.applications.forms_offers import LeavingForm, OthersForm
from jobs.applications.models import Application
from jobs.applications.services import leaving
from jobs.applications.services.steps import PostingTakenDown


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    if request.method != "POST":
        if application.state not in ACTIVE_STATES:
            return redirect("applications:detail", application.public_id)
        return _withdraw_page(request, application, LeavingForm())
    form = LeavingForm(request.POST)
    if not form.is_valid():
        return _withdraw_page(request, application, form, status=422)
    try:
        leaving.withdraw_application(
            application=application,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
    except TransitionRefused:
        messages.error(request, _("This application has already ended."))
    else:
        messages.success(
            request,
            _("Withdrawn. You can undo this for 10 minutes; only then are they told."),
        )
    return redirect("applications:detail", application.public_id)


def _withdraw_page(
    request: SignedInRequest,
    application: Application,
    form: LeavingForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "application": application,
        "posting": application.posting,
        "form": form,
    }
    return render(request, "jobs/applications/withdraw.html", context, status=status)


@require_POST
def undo(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    try:
        leaving.undo_withdrawal(application=application, actor=request.user)
    except leaving.AppliedAgain:
        text = _("You have applied to this job again. The new application counts.")
        messages.error(request, text)
    except PostingTakenDown:
        messages.error(request, _("The posting was taken down in the meantime."))
    except TransitionRefused:
        messages.error(
            request,
            _("The ten minutes are over. You may apply again if the job is open."),
        )
    else:
        text = _("Undone. Everything is as it was.")
        messages.success(request, text)
    return redirect("applications:detail", application.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def others(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """After a yes: each other application, left alone unless somebody says so."""
    application = access_offers.hired_application(request.user, public_id)
    rows = list(access_offers.undecided_beside(application))
    form = OthersForm(request.POST or None, others=rows)
    if request.method != "POST" or not form.is_valid():
        context = {
            "application": application,
            "form": form if rows else None,
            "left": just_left(request),
        }
        status = 422 if form.is_bound else 200
        return render(request, "jobs/applications/others.html", context, status=status)
    left = leaving.settle_others(
        application=application, actor=request.user, choices=form.choices()
    )
    if left:
        text = ngettext(
            "%(n)s application withdrawn. You can undo it for 10 minutes.",
            "%(n)s applications withdrawn. You can undo it for 10 minutes.",
            len(left),
        )
        messages.success(request, text % {"n": len(left)})
        return redirect("applications:others", application.public_id)
    messages.success(request, _("Kept as they are."))
    return redirect("applications:detail", application.public_id)


def just_left(request: SignedInRequest) -> list[tuple[Application, str]]:
    """What can still be undone, each with the time of day until when."""
    rows = access_offers.just_left(request.user, now=timezone.now())
    return [(row, f"{until.astimezone(SHANGHAI):%H:%M}") for row, until in rows]
