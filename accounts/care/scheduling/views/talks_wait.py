"""When no time fits: the list, and the time that is kept for who waited longest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.care.scheduling import talk_access as access
from accounts.care.scheduling.enums import OfferState, Topic
from accounts.care.scheduling.models import WaitingEntry
from accounts.care.scheduling.rules.waiting import whole_days
from accounts.care.scheduling.services import booking, waiting
from accounts.care.scheduling.services.sealed import WISH
from accounts.care.scheduling.services.times import BookingRefused, HoldOver
from accounts.care.scheduling.talk_forms import BookForm, WaitForm
from accounts.care.scheduling.talk_topics import unwrap, wrap
from accounts.care.scheduling.views.talks import refused
from accounts.care.vault import keys
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def wait(request: SignedInRequest) -> HttpResponse:
    entry = access.entry_of(request.user)
    form = WaitForm(
        request.POST if request.method == "POST" else None,
        initial=_wishes(entry, request.GET.get("topic", "")),
    )
    if request.method == "POST" and form.is_valid():
        waiting.wait_for_time(user=request.user, **form.cleaned_data)
        messages.success(
            request, _("You are on the list. We write as soon as a time is free.")
        )
        return redirect("talks:mine")
    usual = waiting.usual_wait(now=timezone.now())
    context = {
        "form": form,
        "entry": entry,
        "days": whole_days(usual) if usual else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(
        request, "accounts/care/scheduling/talks/wait.html", context, status=status
    )


def _wishes(entry: WaitingEntry | None, token: str) -> dict[str, Any]:
    if entry is None:
        return {"topic": wrap(unwrap(token))}
    topic = keys.unseal(entry.subject, WISH, entry.topic) or ""
    return {
        "modes": entry.modes,
        "weekdays": entry.weekdays,
        "parts": entry.parts,
        "topic": wrap(topic),
    }


@require_POST
@care_page(Kind.SEEKER)
def keep(request: SignedInRequest) -> HttpResponse:
    if waiting.keep_place(user=request.user):
        messages.success(
            request, _("You are on the list. We write as soon as a time is free.")
        )
    return redirect("talks:wait")


@require_POST
@care_page(Kind.SEEKER)
def leave(request: SignedInRequest) -> HttpResponse:
    if waiting.leave_list(user=request.user):
        messages.success(
            request, _("You are off the list. You may come back any time.")
        )
    return redirect("talks:start")


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def offer(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """A free time that is kept for one person."""
    row = access.offer_for(request.user, offer_id)
    held = row.appointment
    if row.state == OfferState.TAKEN:
        return redirect("talks:talk", held.pk)
    if row.state != OfferState.OPEN or row.expires_at <= timezone.now():
        return refused(request, HoldOver(), mode=held.mode)
    form = BookForm(held.mode, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            booking.book(
                user=request.user,
                hold_id=held.pk,
                phone=form.cleaned_data.get("phone", ""),
            )
        except BookingRefused as refusal:
            return refused(request, refusal, mode=held.mode)
        messages.success(request, _("Booked. It is yours."))
        return redirect("talks:talk", held.pk)
    topic = access.topic_of(held)
    context = {
        "offer": row,
        "talk": held,
        "topic": Topic(topic).label if topic else "",
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(
        request, "accounts/care/scheduling/talks/offer.html", context, status=status
    )


@require_POST
@care_page(Kind.SEEKER)
def decline(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    row = access.offer_for(request.user, offer_id)
    if waiting.decline_offer(user=request.user, offer_id=row.pk):
        messages.success(
            request, _("All right. You keep your place on the list for the next time.")
        )
    return redirect("talks:mine")
