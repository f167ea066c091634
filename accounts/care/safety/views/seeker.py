"""What somebody allows in case of danger, and who looks after them: their own pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.safety import access
from accounts.care.safety.forms import ContactForm, PersonForm
from accounts.care.safety.services import flags
from accounts.care.safety.views.showing import steps_shown
from accounts.care.vault.access import standing_grant, subject_of
from accounts.care.vault.enums import Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.texts import words_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

FORMS = {Scope.SAFETY_CONTACT: ContactForm, Scope.EMERGENCY_PERSON: PersonForm}


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def contact(request: SignedInRequest) -> HttpResponse:
    """Two questions, each off until it is answered, each taken back in one tap."""
    asked = request.POST.get("scope", "")
    scope = Scope(asked) if asked in FORMS else None
    found = {
        one: form(request.POST if one == scope else None, initial=_kept(request, one))
        for one, form in FORMS.items()
    }
    if scope is not None and found[scope].is_valid():
        subject = ensure_subject(user=request.user)
        grants.give(subject=subject, scope=scope, detail=found[scope].cleaned_data)
        messages.success(request, _("Kept. You can take it back here at any time."))
        return redirect("safety:contact")
    now = timezone.now()
    subject_or_none = subject_of(request.user)
    context = {
        "asks": [
            {
                "scope": one,
                "form": form,
                "words": words_of(one),
                "grant": standing_grant(subject_or_none, one)
                if subject_or_none
                else None,
            }
            for one, form in found.items()
        ],
        "hours": access.hours_ahead(now=now),
        "has_roster": access.has_roster(now=now),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/care/safety/contact.html", context, status=status)


def _kept(request: SignedInRequest, scope: Scope) -> dict[str, Any]:
    subject = subject_of(request.user)
    grant = standing_grant(subject, scope) if subject else None
    if grant is not None:
        return dict(grants.detail_of(grant))
    if scope == Scope.SAFETY_CONTACT:
        return {"phone": request.user.phone or "", "way": "phone", "hours": "any"}
    return {}


@require_POST
@care_page(Kind.SEEKER)
def take_back(request: SignedInRequest) -> HttpResponse:
    asked = request.POST.get("scope", "")
    subject = subject_of(request.user)
    if asked in FORMS and subject is not None:
        grants.revoke_scope(subject=subject, scope=Scope(asked))
        messages.success(request, _("Taken back. It ended at this moment."))
    return redirect("safety:contact")


@require_safe
@care_page(Kind.SEEKER)
def mine(request: SignedInRequest) -> HttpResponse:
    """Who looks after this, and what was done."""
    subject = subject_of(request.user)
    now = timezone.now()
    rows = list(access.flags_of(subject)) if subject else []
    context = {
        "flags": [{"flag": flag, "steps": steps_shown(flag)} for flag in rows],
        "hours": access.hours_ahead(now=now),
        "is_staffed": bool(access.on_duty(now=now)),
    }
    return render(request, "accounts/care/safety/mine.html", context)


@require_POST
@care_page(Kind.SEEKER)
def say_safe(request: SignedInRequest, flag_id: UUID) -> HttpResponse:
    flags.say_safe(flag=access.own_flag(subject_of(request.user), flag_id))
    messages.success(
        request,
        _("Good that you say so. Whoever looks after this sees it. Help stays open."),
    )
    return redirect("safety:mine")
