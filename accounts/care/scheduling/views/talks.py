"""From what somebody wants to talk about to a booked time, in four taps."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.scheduling import talk_access as access
from accounts.care.scheduling.enums import AppointmentState as S, Mode, Topic
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.services import booking
from accounts.care.scheduling.services.times import (
    BookingRefused,
    HoldOver,
    NotTogether,
    SlotTaken,
    TooMany,
)
from accounts.care.scheduling.talk_forms import BookForm, TimeForm, WishForm
from accounts.care.scheduling.talk_showing import (
    by_days,
    choose,
    modes_of,
    people_for,
)
from accounts.care.scheduling.talk_topics import wrap
from accounts.care.scheduling.zones import zone_of
from accounts.care.vault.http import care_page
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_safe
@care_page(Kind.SEEKER)
def start(request: SignedInRequest) -> HttpResponse:
    """What is there already, and what to talk about."""
    user = request.user
    asked = WishForm(request.GET).wish()
    counselor = asked["counselor"]
    more = {"counselor": str(counselor)} if counselor else {}
    topics = [
        (label, times_url(topic=wrap(value), **more)) for value, label in Topic.choices
    ]
    context = {
        "topics": topics,
        "coming": access.coming_of(user),
        "seats": access.seats_of(user),
        "held": access.current_hold_of(user),
        "offer": access.offer_of(user),
        "entry": access.entry_of(user),
    }
    return render(request, "accounts/care/scheduling/talks/start.html", context)


def times_url(**fields: str) -> str:
    told = urlencode({name: value for name, value in fields.items() if value})
    return f"{reverse('talks:times')}?{told}" if told else reverse("talks:times")


@require_safe
@care_page(Kind.SEEKER)
def times(request: SignedInRequest) -> HttpResponse:
    """How to talk, and then when: the earliest times first."""
    asked = WishForm(request.GET).wish()
    topic, mode = asked["topic"] or "", asked["mode"] or ""
    people, _own = people_for(request.user)
    only = next((one for one in people if one.public_id == asked["counselor"]), None)
    base = {
        "topic": wrap(topic),
        "mode": mode,
        "counselor": str(only.public_id) if only else "",
    }
    context: dict[str, Any] = {
        "topic": Topic(topic).label if topic else "",
        "token": base["topic"],
        "mode": Mode(mode) if mode else None,
        "only": only,
        "modes": _mode_links([only] if only else people, base),
        "people": _people_links(people, base),
        "wait_url": f"{reverse('talks:wait')}?{urlencode({'topic': base['topic']})}",
    }
    if mode:
        found = choose(
            request.user,
            topic=topic,
            mode=mode,
            only=only,
            after=asked["after"],
            zone=zone_of(request),
        )
        context["days"] = found.days
        context["is_of_others"] = found.is_of_others
        if found.more_after:
            context["more_url"] = times_url(**base, after=found.more_after.isoformat())
    return render(request, "accounts/care/scheduling/talks/times.html", context)


def _mode_links(
    people: list[CounselorProfile], base: dict[str, str]
) -> list[dict[str, Any]]:
    known = modes_of(people)
    return [
        {
            "mode": mode,
            "label": mode.label,
            "url": times_url(**base | {"mode": mode.value}),
            "is_chosen": mode.value == base["mode"],
        }
        for mode in Mode
        if mode.value in known
    ]


def _people_links(
    people: list[CounselorProfile], base: dict[str, str]
) -> list[dict[str, Any]]:
    whoever = {
        "label": _("Whoever is free first"),
        "url": times_url(**base | {"counselor": ""}),
        "is_chosen": not base["counselor"],
    }
    named = [
        {
            "label": one.name,
            "url": times_url(**base | {"counselor": str(one.public_id)}),
            "is_chosen": str(one.public_id) == base["counselor"],
        }
        for one in people
    ]
    return [whoever, *named]


@require_POST
@care_page(Kind.SEEKER)
def hold(request: SignedInRequest) -> HttpResponse:
    """One tap on a time keeps it for ten minutes."""
    form = TimeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a time."))
        return redirect("talks:start")
    told = form.cleaned_data
    people, _own = people_for(request.user)
    whom = next((one for one in people if one.public_id == told["counselor"]), None)
    try:
        if whom is None:
            raise NotTogether
        row = booking.hold(
            user=request.user,
            counselor=whom,
            starts_at=told["starts_at"],
            mode=told["mode"],
            topic=told["topic"],
        )
    except BookingRefused as refusal:
        return refused(request, refusal, topic=told["topic"], mode=told["mode"])
    return redirect("talks:confirm", row.pk)


def refused(
    request: SignedInRequest,
    refusal: BookingRefused,
    *,
    topic: str = "",
    mode: str,
    moves: Appointment | None = None,
) -> HttpResponse:
    """Why not, and what to do instead; `moves` is the talk that was to be moved."""
    token = wrap(topic)
    context: dict[str, Any] = {
        "token": token,
        "mode": mode,
        "times_url": times_url(topic=token, mode=mode),
        "wait_url": f"{reverse('talks:wait')}?{urlencode({'topic': token})}",
        "moves": moves,
        "is_too_many": isinstance(refusal, TooMany),
        "is_over": isinstance(refusal, HoldOver),
        "is_taken": isinstance(refusal, SlotTaken),
    }
    if isinstance(refusal, SlotTaken):
        context["days"] = by_days(refusal.times, zone=zone_of(request))
    return render(
        request, "accounts/care/scheduling/talks/refused.html", context, status=409
    )


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def confirm(request: SignedInRequest, hold_id: UUID) -> HttpResponse:
    """What is about to be booked, and what the counselor will see of it."""
    row = access.hold_for(request.user, hold_id)
    topic = access.topic_of(row)
    if row.state == S.BOOKED:
        return redirect("talks:talk", row.pk)
    if not _still_held(row):
        return refused(request, HoldOver(), topic=topic, mode=row.mode)
    form = BookForm(row.mode, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data.get("phone", "")
        try:
            booking.book(user=request.user, hold_id=row.pk, phone=phone)
        except BookingRefused as refusal:
            return refused(request, refusal, topic=topic, mode=row.mode)
        messages.success(request, _("Booked. It is yours."))
        return redirect("talks:talk", row.pk)
    context = {
        "talk": row,
        "topic": Topic(topic).label if topic else "",
        "form": form,
        "let_go_url": reverse("talks:let_go", args=[row.pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render(
        request, "accounts/care/scheduling/talks/confirm.html", context, status=status
    )


def _still_held(row: Appointment) -> bool:
    ends = row.held_until
    return row.state == S.HELD and ends is not None and ends > timezone.now()


@require_POST
@care_page(Kind.SEEKER)
def let_go(request: SignedInRequest, hold_id: UUID) -> HttpResponse:
    """Back to the times; this one is free for others again."""
    row = access.hold_for(request.user, hold_id)
    topic = access.topic_of(row)
    booking.let_go(user=request.user, hold_id=row.pk)
    return redirect(times_url(topic=wrap(topic), mode=row.mode))
