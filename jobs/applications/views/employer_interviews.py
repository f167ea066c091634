"""The employer's side of settling a talk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access, interview_access
from jobs.applications.enums import InterviewState, Side
from jobs.applications.interview_forms import (
    CallOffForm,
    ProposeForm,
    SayForm,
    wish_texts,
)
from jobs.applications.interview_words import SLOT_SENTENCES
from jobs.applications.models import Application, Interview
from jobs.applications.rules.interviews import EMPLOYER_MOVES
from jobs.applications.services import interviews, steps
from jobs.applications.services.showing import note_listed
from jobs.applications.views.appointments import panel_of
from jobs.applications.views.employer import asks_too_early, received_page

# The form's answers that are the plan's, name by name.
PLAN = ("by", "minutes", "place", "meets", "bring", "travel_paid", "capacity")


def _back(application: Application) -> HttpResponseRedirect:
    page = reverse("applications:received", args=[application.public_id])
    return HttpResponseRedirect(f"{page}#interview")


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Offer times, or others in place of what stands."""
    application = access.received_application(request.user, public_id)
    note_listed(applications=[application], actor=request.user)
    panel = panel_of(application, Side.EMPLOYER, request.user)
    if not panel.can_propose:
        return _back(application)
    standing = interview_access.open_interview(application)
    data = request.POST if request.method == "POST" else None
    form = _form(application, standing, data)
    if form.is_bound:
        if not form.is_valid() or asks_too_early(form, application, "interview"):
            note_debtor_data(
                organization=application.organization,
                actor=request.user,
                hits=form.debtor_hits(),
            )
        elif _offer(request, application, form):
            messages.success(
                request, _("Offered. The applicant picks a time or says what suits.")
            )
            return _back(application)
    return _page(request, application, standing, form)


def _page(
    request: SignedInRequest,
    application: Application,
    standing: Interview | None,
    form: ProposeForm,
) -> HttpResponse:
    asked = standing if standing and standing.state == InterviewState.ASKED else None
    context = {
        "application": application,
        "form": form,
        "wishes": wish_texts(asked.wishes) if asked else [],
        "wanted_by": asked.get_wanted_by_display() if asked and asked.wanted_by else "",
        "is_move": _is_move(standing),
        "moves_left": EMPLOYER_MOVES - (standing.moves_by_employer if standing else 0),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/applications/propose.html", context, status=status)


def _is_move(standing: Interview | None) -> bool:
    """Whether something settled would be moved: that needs a reason."""
    return (
        standing is not None
        and standing.state == InterviewState.BOOKED
        and standing.due_at > timezone.now()
    )


def _form(
    application: Application, standing: Interview | None, data: Any
) -> ProposeForm:
    now = timezone.now()
    return ProposeForm(
        data,
        initial={"version": application.version} | _known(application, standing),
        takes_calls=interviews.takes_calls(application),
        is_move=_is_move(standing),
        free=list(interview_access.free_slots(application.posting, now=now)[:20]),
    )


def _known(application: Application, standing: Interview | None) -> dict[str, Any]:
    """What was said last for this posting, and how the applicant would rather talk."""
    last = interview_access.last_slot(application.posting)
    known: dict[str, Any] = {}
    if last is not None:
        known = {name: getattr(last, name) for name in PLAN if name != "capacity"}
    if standing is not None and standing.wanted_by:
        known["by"] = standing.wanted_by
    return known


def _offer(
    request: SignedInRequest, application: Application, form: ProposeForm
) -> bool:
    """Whether it was taken; if not, the form says why and keeps what was typed."""
    answers = form.cleaned_data
    try:
        interviews.propose(
            application=application,
            actor=request.user,
            version=answers["version"],
            plan=interviews.Plan(**{name: answers[name] for name in PLAN}),
            starts=form.starts(),
            again=answers.get("again", []),
            reason=answers.get("reason", ""),
        )
    except interviews.SlotRefused as refused:
        form.add_error(None, str(SLOT_SENTENCES[refused.reason]))
    except steps.MovedTooOften:
        form.add_error(
            None,
            _(
                "Times can be offered three times a day. "
                "Please go on tomorrow, or write a message."
            ),
        )
    except TransitionRefused:
        form.add_error(
            None,
            _(
                "Somebody was quicker: this application has changed. Please look at "
                "it again before you send; what you typed is still here."
            ),
        )
        fresh = access.received_application(request.user, application.public_id)
        renewed = request.POST.copy()
        renewed["version"] = str(fresh.version)
        form.data = renewed
    else:
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.received_application(request.user, public_id)
    note_listed(applications=[application], actor=request.user)
    if interview_access.open_interview(application) is None:
        return _back(application)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if not form.is_valid() or asks_too_early(form, application, "interview"):
            note_debtor_data(
                organization=application.organization,
                actor=request.user,
                hits=form.debtor_hits(),
            )
        else:
            return _call_off(request, application, form.cleaned_data["reason"])
    context = {
        "application": application,
        "form": form,
        "panel": panel_of(application, Side.EMPLOYER, request.user),
    }
    status = 422 if form.is_bound else 200
    template = "jobs/applications/call_off_received.html"
    return render(request, template, context, status=status)


def _call_off(
    request: SignedInRequest, application: Application, reason: str
) -> HttpResponse:
    try:
        interviews.call_off(application=application, actor=request.user, reason=reason)
    except TransitionRefused:
        messages.error(
            request, _("This has changed in the meantime. Here is how it stands now.")
        )
    else:
        messages.success(request, _("Called off. The applicant has been told."))
    return _back(application)


@require_POST
def say(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.received_application(request.user, public_id)
    note_listed(applications=[application], actor=request.user)
    form = SayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please tap one of the three answers."))
        return received_page(request, application, status=422)
    try:
        interviews.say_outcome(
            application=application,
            actor=request.user,
            outcome=form.cleaned_data["outcome"],
        )
    except TransitionRefused:
        messages.error(
            request, _("This has changed in the meantime. Here is how it stands now.")
        )
    else:
        messages.success(request, _("Noted. It counts against nobody."))
    return _back(application)
