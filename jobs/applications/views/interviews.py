"""The seeker's side of settling a talk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access, interview_access
from jobs.applications.enums import InterviewState, Side
from jobs.applications.ics import calendar_file
from jobs.applications.interview_forms import PickForm, SayForm, WishForm
from jobs.applications.interview_words import SLOT_SENTENCES
from jobs.applications.models import Application, InterviewSlot
from jobs.applications.rules.interviews import overlaps
from jobs.applications.services import interviews
from jobs.applications.views.appointments import panel_of

ASKABLE = frozenset({InterviewState.PROPOSED, InterviewState.BOOKED})


def _back(application: Application) -> HttpResponseRedirect:
    page = reverse("applications:detail", args=[application.public_id])
    return HttpResponseRedirect(f"{page}#interview")


def _changed(request: SignedInRequest, error: TransitionRefused) -> None:
    if isinstance(error, interviews.SlotRefused):
        messages.error(request, str(SLOT_SENTENCES[error.reason]))
    else:
        messages.error(
            request, _("This has changed in the meantime. Here is how it stands now.")
        )


@require_POST
def pick(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    form = PickForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of the times first."))
        return _back(application)
    wanted = _offered(application, form.cleaned_data["slot"])
    if wanted and not form.cleaned_data["anyway"] and _collides(application, wanted):
        context = {"application": application, "slot": wanted}
        return render(request, "jobs/applications/overlap.html", context, status=409)
    try:
        interviews.pick(
            application=application,
            actor=request.user,
            slot_id=form.cleaned_data["slot"],
        )
    except TransitionRefused as refused:
        _changed(request, refused)
    else:
        messages.success(
            request, _("Settled. We remind you two days and two hours before.")
        )
    return _back(application)


def _offered(application: Application, slot_id: int) -> InterviewSlot | None:
    interview = interview_access.open_interview(application)
    return interview.slots.filter(pk=slot_id).first() if interview else None


def _collides(application: Application, slot: InterviewSlot) -> bool:
    taken = interview_access.settled_times(application.seeker.user, but=application)
    return overlaps(slot.starts_at, slot.minutes, taken)


@require_http_methods(["GET", "HEAD", "POST"])
def other_times(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """None fits, or what was settled does not any more: a few taps say what would."""
    application = access.application_of(request.user, public_id)
    interview = interview_access.open_interview(application)
    if interview is None or interview.state not in ASKABLE:
        return _back(application)
    data = request.POST if request.method == "POST" else None
    form = WishForm(data, today=today())
    is_move = interview.state == InterviewState.BOOKED
    if form.is_valid():
        verb = interviews.move_by_seeker if is_move else interviews.ask_for_others
        try:
            verb(application=application, actor=request.user, **form.cleaned_data)
        except TransitionRefused as refused:
            _changed(request, refused)
        else:
            messages.success(request, _("Passed on. They offer you other times."))
        return _back(application)
    context = {
        "application": application,
        "form": form,
        "is_move": is_move,
        "panel": panel_of(application, Side.SEEKER, request.user),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/applications/other_times.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """No reason is asked for, and nothing is lost by it."""
    application = access.application_of(request.user, public_id)
    if interview_access.open_interview(application) is None:
        return _back(application)
    if request.method != "POST":
        panel = panel_of(application, Side.SEEKER, request.user)
        context = {"application": application, "panel": panel}
        return render(request, "jobs/applications/call_off.html", context)
    try:
        interviews.call_off(application=application, actor=request.user)
    except TransitionRefused as refused:
        _changed(request, refused)
    else:
        messages.success(
            request, _("Called off. The employer has been told; you are still in.")
        )
    return _back(application)


@require_POST
def say(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    form = SayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please tap one of the three answers."))
        return _back(application)
    try:
        interviews.say_outcome(
            application=application,
            actor=request.user,
            outcome=form.cleaned_data["outcome"],
        )
    except TransitionRefused as refused:
        _changed(request, refused)
    else:
        messages.success(request, _("Noted. Thank you."))
    return _back(application)


@require_safe
def appointments(request: SignedInRequest) -> HttpResponse:
    """Everything a seeker has settled or has to settle, the next first."""
    now = timezone.now()
    mine = interview_access.interviews_of(request.user)
    booked = mine.filter(state=InterviewState.BOOKED).order_by("slot__starts_at", "pk")
    context = {
        "to_pick": list(mine.filter(state=InterviewState.PROPOSED).order_by("due_at")),
        "asked": list(mine.filter(state=InterviewState.ASKED).order_by("due_at")),
        "upcoming": list(booked.filter(due_at__gt=now)),
        "to_say": list(interview_access.unsaid(mine, now=now)),
    }
    return render(request, "jobs/applications/appointments.html", context)


@require_safe
def calendar(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A file for the phone's calendar, for either side; it names nobody."""
    interview, _side = interview_access.interview_for(request.user, public_id)
    slot = interview.slot
    if slot is None or interview.booked_at is None:
        raise Http404
    with_place = bool(request.GET.get("place"))
    data = calendar_file(interview, slot, with_place=with_place, now=timezone.now())
    headers = {
        "Content-Disposition": 'attachment; filename="appointment.ics"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    content_type = "text/calendar; charset=utf-8"
    return HttpResponse(data, content_type=content_type, headers=headers)
