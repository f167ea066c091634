from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.cohorts import access
from accounts.cohorts.forms import SessionForm
from accounts.cohorts.services import sessions
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    cohort = access.cohort_for(request.user, public_id)
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        sessions.publish_session(
            cohort=cohort,
            actor=request.user,
            title=told["title"],
            starts_at=told["starts_at"],
            place=told["place"],
            seats=told["seats"],
        )
        messages.success(request, _("Published. Members see it under “My groups”."))
        return redirect("cohorts:detail", cohort.public_id)
    status = 422 if form.is_bound else 200
    context = {"cohort": cohort, "form": form}
    return render(request, "accounts/cohorts/session_new.html", context, status=status)


@require_POST
def cancel(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    session = access.session_for_operator(request.user, public_id)
    sessions.cancel_session(session=session, actor=request.user)
    messages.success(request, _("Called off. Whoever had a seat is told."))
    return redirect("cohorts:detail", session.cohort.public_id)


@require_POST
def take(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    session, member = access.session_of(request.user, public_id)
    try:
        sessions.take_seat(session=session, member=member)
    except sessions.NoSeat:
        messages.error(request, _("No seat is left, or the talk has begun."))
    else:
        messages.success(request, _("You have a seat."))
    return redirect("cohorts:mine")


@require_POST
def give_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    session, member = access.session_of(request.user, public_id)
    sessions.give_seat_back(session=session, member=member)
    messages.success(request, _("Your seat is free for somebody else."))
    return redirect("cohorts:mine")
