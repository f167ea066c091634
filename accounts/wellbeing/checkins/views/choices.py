"""What somebody chose on the help card, and the talk that somebody asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.care.safety import access as safety
from accounts.care.safety.models import SafetyFlag
from accounts.care.vault import access as vault
from accounts.care.vault.enums import Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.texts import words_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.enums import Choice
from accounts.wellbeing.checkins.forms import ContactHereForm
from accounts.wellbeing.checkins.models import Sitting
from accounts.wellbeing.checkins.services import help as helping
from accounts.wellbeing.checkins.views.cards import first_card
from accounts.wellbeing.views import lines_for

DANGER = "accounts/wellbeing/checkins/danger.html"
SAFE = "accounts/wellbeing/checkins/safe.html"
CONTACT = "accounts/wellbeing/checkins/contact.html"
CONTACTED = "accounts/wellbeing/checkins/contacted.html"


@require_POST
@care_page(Kind.SEEKER)
def choose(request: SignedInRequest, sitting_id: UUID) -> HttpResponse:
    """The next page comes in the same answer: nobody waits for a redirect here."""
    sitting = access.sitting_for(request.user, sitting_id)
    choice = request.POST.get("choice", "")
    if choice == Choice.DANGER:
        return _in_danger(request, sitting, helping.choose_danger(sitting=sitting))
    if choice == Choice.SAFE:
        helping.choose_safe(sitting=sitting)
        return _page(request, SAFE, sitting)
    if choice == Choice.CONTACT and safety.has_roster(now=timezone.now()):
        if vault.may(sitting.subject, Scope.SAFETY_CONTACT):
            helping.choose_contact(sitting=sitting, detail=None)
            return _page(request, CONTACTED, sitting)
        return _asked(request, sitting, _form(request))
    return first_card(request, sitting)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def contact(request: SignedInRequest, sitting_id: UUID) -> HttpResponse:
    """How to be reached: asked right here, kept under the person's own key."""
    sitting = access.sitting_for(request.user, sitting_id)
    form = _form(request, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _asked(request, sitting, form)
    try:
        helping.choose_contact(sitting=sitting, detail=form.detail())
    except helping.NobodyOnDuty:
        messages.error(request, _("Nobody is on duty any more. Please call a number."))
        return first_card(request, sitting)
    return _page(request, CONTACTED, sitting)


@require_POST
@care_page(Kind.SEEKER)
def anyway(request: SignedInRequest, sitting_id: UUID) -> HttpResponse:
    """They ask for the result."""
    sitting = access.sitting_for(request.user, sitting_id)
    helping.ask_for_result(sitting=sitting)
    return redirect("checkins:result", sitting.pk)


@require_POST
@care_page(Kind.SEEKER)
def talk(request: SignedInRequest, sitting_id: UUID) -> HttpResponse:
    """Somebody asks for a talk soon; nothing asks in their place."""
    sitting = access.sitting_for(request.user, sitting_id)
    try:
        helping.ask_for_talk(sitting=sitting)
    except helping.NobodyOnDuty:
        messages.error(
            request, _("Nobody is on duty at the moment. Book a talk instead.")
        )
    else:
        messages.success(
            request,
            _("A counselor offers you a time within three working days."),
        )
    return redirect("checkins:result", sitting.pk)


def _in_danger(
    request: SignedInRequest, sitting: Sitting, flag: SafetyFlag | None
) -> HttpResponse:
    """Says who knows of it, as it is at this hour."""
    now = timezone.now()
    return _page(
        request,
        DANGER,
        sitting,
        flag=flag,
        is_on_duty=flag is not None and bool(safety.on_duty(now=now)),
        may_ask=safety.has_roster(now=now),
    )


def _form(request: SignedInRequest, data: QueryDict | None = None) -> ContactHereForm:
    known = {"phone": request.user.phone or "", "way": "phone", "hours": "any"}
    return ContactHereForm(data, initial=known)


def _asked(
    request: SignedInRequest, sitting: Sitting, form: ContactHereForm
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    words = words_of(Scope.SAFETY_CONTACT)
    return _page(request, CONTACT, sitting, status=status, form=form, words=words)


def _page(
    request: SignedInRequest,
    name: str,
    sitting: Sitting,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = lines_for(request) | {"sitting": sitting} | more
    return render(request, name, context, status=status)
