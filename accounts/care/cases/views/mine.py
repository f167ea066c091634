"""The person's own page: my counselor and me."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.cases import access, board
from accounts.care.cases.enums import Actor
from accounts.care.cases.forms import ChangeForm
from accounts.care.cases.models import Case, Referral
from accounts.care.cases.rules.workflow import REFERRAL
from accounts.care.cases.services import cases, handovers, work
from accounts.care.cases.services.steps import Changed, take_step
from accounts.care.cases.words import REFERRAL_BUTTONS
from accounts.care.vault.access import standing_grant, subject_of
from accounts.care.vault.enums import Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.models import Subject
from accounts.care.vault.services import grants
from accounts.care.vault.texts import words_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused

# What may be shown to the counselor of the case, in this order.
SHARES = (Scope.SHARE_SUMMARY, Scope.SHARE_ITEMS)


@require_safe
@care_page(Kind.SEEKER)
def mine(request: SignedInRequest) -> HttpResponse:
    subject = subject_of(request.user)
    case = access.open_case_of(subject) if subject else None
    now = timezone.now()
    context = {
        "case": case,
        "next_talk": board.next_appointment(case, now=now)
        if case and case.counselor
        else None,
        "handover": access.open_handover_of(case) if case else None,
        "shares": _shares(subject, case),
        "referrals": _referrals(subject),
    }
    return render(request, "accounts/care/cases/mine.html", context)


def _shares(subject: Subject | None, case: Case | None) -> list[dict[str, Any]]:
    if subject is None or case is None or case.counselor is None:
        return []
    return [
        {
            "scope": scope,
            "words": words_of(scope),
            "grant": standing_grant(subject, scope, case.counselor),
        }
        for scope in SHARES
    ]


def _referrals(subject: Subject | None) -> list[dict[str, Any]]:
    if subject is None:
        return []
    return [
        {"referral": row, "note": work.note_of(row), "buttons": _answers(row)}
        for row in access.referrals_of(subject).select_related("subject")
    ]


def _answers(referral: Referral) -> list[tuple[str, Any]]:
    events = REFERRAL.events(state=referral.state, actor=Actor.SEEKER)
    return [(event, REFERRAL_BUTTONS[event]) for event in events]


def _own_case(request: SignedInRequest) -> Case:
    subject = subject_of(request.user)
    case = access.open_case_of(subject) if subject else None
    if case is None:
        raise Http404
    return case


@require_POST
@care_page(Kind.SEEKER)
def answer_referral(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    referral = access.referral_of(subject_of(request.user), referral_id)
    try:
        work.step_referral(
            referral=referral, event=request.POST.get("event", ""), actor=Actor.SEEKER
        )
    except Changed:
        messages.info(request, _("That changed meanwhile. Please look again."))
    else:
        messages.success(request, _("Noted. Thank you."))
    return redirect("cases:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def answer_handover(request: SignedInRequest, handover_id: UUID) -> HttpResponse:
    handover = access.handover_of(subject_of(request.user), handover_id)
    if request.method == "POST":
        answer = handovers.agree if "yes" in request.POST else handovers.refuse
        try:
            answer(handover=handover)
        except Changed:
            messages.info(request, _("That changed meanwhile. Please look again."))
        else:
            messages.success(request, _("Noted. Thank you."))
        return redirect("cases:mine")
    context = {
        "handover": handover,
        "summary": handovers.summary_of(handover),
        "words": words_of(Scope.HANDOVER),
        "is_agreed": handover.answered_at is not None,
    }
    return render(request, "accounts/care/cases/answer_handover.html", context)


@require_POST
@care_page(Kind.SEEKER)
def share(request: SignedInRequest) -> HttpResponse:
    """One tap to show something to one's counselor, one to take it back."""
    case = _own_case(request)
    scope = request.POST.get("scope", "")
    if scope not in SHARES or case.counselor is None:
        raise Http404
    if request.POST.get("yes") == "1":
        grants.give(subject=case.subject, scope=Scope(scope), counselor=case.counselor)
        messages.success(request, _("Noted. You can take it back at any time."))
    else:
        grants.revoke_scope(
            subject=case.subject, scope=Scope(scope), counselor=case.counselor
        )
        messages.success(request, _("Taken back. It ended at this moment."))
    return redirect("cases:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def change(request: SignedInRequest) -> HttpResponse:
    case = _own_case(request)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, others=access.could_be_chosen(case))
    if data is not None and form.is_valid():
        try:
            cases.assign(
                case=case, counselor=form.cleaned_data["to"], actor=Actor.SEEKER
            )
        except (cases.NoRoom, cases.NotAvailable, Changed):
            form.add_error(
                "to", _("Not available at the moment. Please choose somebody else.")
            )
        else:
            messages.success(
                request,
                _("Changed. What you showed your counselor before has ended."),
            )
            return redirect("cases:mine")
    context = {"case": case, "form": form}
    status = 422 if data is not None else 200
    return render(request, "accounts/care/cases/change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def end(request: SignedInRequest) -> HttpResponse:
    """At any time, without a reason."""
    case = _own_case(request)
    if request.method == "POST":
        try:
            take_step(case=case, event="end", actor=Actor.SEEKER)
        except TransitionRefused:
            raise Http404 from None
        messages.success(request, _("It has ended. You can come back at any time."))
        return redirect("cases:mine")
    return render(request, "accounts/care/cases/end.html", {"case": case})
