"""Around the talk itself: one tap in a reminder, and what the counselor says afterwards."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.scheduling import talk_access
from accounts.care.scheduling.enums import Actor, AppointmentState, ReminderWay
from accounts.care.scheduling.models import Appointment, Group, Reminder
from accounts.care.scheduling.services import (
    booking,
    groups,
    outcomes,
    reminders,
)
from accounts.care.scheduling.services.times import HoldOver
from accounts.care.vault import access
from accounts.care.vault.http import care_page
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused

NEWS = {Kind.SEEKER: "care", Kind.COUNSELOR: "cases:today"}


class WishForm(forms.Form):
    way = forms.ChoiceField(
        label=gettext_lazy("How to remind you"),
        choices=ReminderWay,
        widget=forms.RadioSelect,
    )


@require_safe
def news(request: SignedInRequest) -> HttpResponse:
    """Where every message leads: its address says nothing, the page behind it does."""
    return redirect(NEWS.get(Kind(request.user.kind), "home"))


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def wish(request: SignedInRequest) -> HttpResponse:
    """How somebody wants to be reminded of talks, or not at all."""
    subject = access.subject_of(request.user)
    now = reminders.way_of(subject) if subject else ReminderWay.USUAL
    form = WishForm(request.POST or None, initial={"way": now})
    if request.method == "POST" and form.is_valid():
        reminders.set_way(
            subject=ensure_subject(user=request.user),
            way=ReminderWay(form.cleaned_data["way"]),
        )
        messages.success(request, _("Saved. It holds from the next reminder on."))
        return redirect("visits:wish")
    status = 422 if request.method == "POST" else 200
    return render(
        request, "accounts/care/scheduling/wish.html", {"form": form}, status=status
    )


@never_cache
@login_not_required
@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A time and two buttons, without signing in: easier than not coming."""
    with behind_the_wall():
        return _visit_page(request, token)


@never_cache
@login_not_required
@require_POST
def cancel_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the message is enough to give the time back."""
    with behind_the_wall():
        try:
            _give_back(talk_access.reminder_by(token))
        except HoldOver:
            messages.info(request, _("This time is over or given back already."))
        else:
            messages.success(request, _("Given back. Thank you for telling us."))
    return redirect("visits:by_link", token)


def _give_back(reminder: Reminder) -> None:
    """The whole talk, or the person's chair in a group."""
    talk = reminder.appointment
    if talk.subject_id is not None:
        booking.cancel(appointment=talk, actor=Actor.SEEKER)
        return
    group = Group.objects.filter(appointment=talk).first()
    if group is None or not groups.give_back_seat(
        subject=reminder.subject, group_id=group.pk
    ):
        raise HoldOver


def _visit_page(request: HttpRequest, token: str) -> HttpResponse:
    talk = talk_access.reminder_by(token).appointment
    context = {
        "talk": talk,
        "token": token,
        "is_ahead": _is_ahead(talk),
        "is_missed": talk.state == AppointmentState.NO_SHOW,
    }
    response = render(request, "accounts/care/scheduling/visit.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _is_ahead(talk: Appointment) -> bool:
    return talk.state == AppointmentState.BOOKED and talk.starts_at > timezone.now()


@require_safe
@care_page(Kind.COUNSELOR)
def open_outcomes(request: SignedInRequest) -> HttpResponse:
    """Talks that are over, and nobody has said what became of them."""
    counselor = access.counselor_only(request.user)
    talks = talk_access.needs_outcome(counselor, now=timezone.now())
    return render(
        request, "accounts/care/scheduling/outcomes.html", {"talks": list(talks)}
    )


@require_POST
@care_page(Kind.COUNSELOR)
def outcome(request: SignedInRequest, appointment_id: UUID) -> HttpResponse:
    counselor = access.counselor_only(request.user)
    talk = talk_access.visit_for(counselor, appointment_id)
    mark = {"attended": outcomes.mark_attended, "missed": outcomes.mark_missed}.get(
        request.POST.get("what", "")
    )
    if mark is None:
        messages.error(request, _("Please choose one of the two."))
        return redirect("visits:open")
    try:
        mark(appointment=talk)
    except outcomes.TooEarly:
        messages.error(request, _("It is too early for that: wait for 15 minutes."))
    except TransitionRefused:
        messages.info(request, _("That was said before, or the talk did not stand."))
    else:
        messages.success(request, _("Written down."))
    return redirect(_back(request))


def _back(request: SignedInRequest) -> str:
    """Where the button stood, if that is one of the counselor's own lists."""
    known = {"open": reverse("visits:open")}
    return known.get(request.POST.get("back", ""), known["open"])
