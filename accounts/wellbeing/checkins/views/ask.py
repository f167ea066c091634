"""Before and while somebody answers: one question a page, back and skip, no scripts."""

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

from accounts.care.vault.access import subject_of
from accounts.care.vault.enums import Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.models import Subject
from accounts.care.vault.texts import words_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import all_forms, title_of
from accounts.wellbeing.checkins.offers import offers_of
from accounts.wellbeing.checkins.rules.asking import Asking
from accounts.wellbeing.checkins.rules.triggers import comes_first, is_ninth
from accounts.wellbeing.checkins.services import around, drafts, results
from accounts.wellbeing.checkins.views.cards import (
    first_card,
    left_open_card,
    lines_card,
)
from accounts.wellbeing.instruments.views import lead_of


@require_safe
@care_page(Kind.SEEKER)
def start(request: SignedInRequest) -> HttpResponse:
    subject = subject_of(request.user)
    if subject is None or not access.keeps(subject):
        context = {
            "words": words_of(Scope.CHECKIN_STORE),
            "is_left": bool(subject and access.last_taken(subject)),
        }
        return render(request, "accounts/wellbeing/checkins/consent.html", context)
    now = timezone.now()
    context = {
        "offers": offers_of(subject, now=now),
        "draft": access.draft_of(subject, now=now),
        "rhythm": access.rhythm_of(subject),
        "now": now,
        "has_results": access.last_taken(subject) is not None,
    }
    return render(request, "accounts/wellbeing/checkins/start.html", context)


@require_POST
@care_page(Kind.SEEKER)
def keep(request: SignedInRequest) -> HttpResponse:
    """The yes to keeping; the other choice is a link to the page that keeps nothing."""
    around.allow_keeping(user=request.user)
    return redirect("checkins:start")


@require_POST
@care_page(Kind.SEEKER)
def begin(request: SignedInRequest) -> HttpResponse:
    subject = access.keeper(request.user)
    offers = offers_of(subject, now=timezone.now())
    what = request.POST.get("what", "")
    try:
        drafts.begin_check_in(
            subject=subject,
            forms=offers.forms_of(what),
            job_round=offers.job.number if offers.job and what == "job" else 0,
        )
    except (drafts.TooEarly, drafts.NothingToAsk):
        messages.info(request, _("This one is not due yet. Its days stand below."))
        return redirect("checkins:start")
    return redirect("checkins:question")


@require_POST
@care_page(Kind.SEEKER)
def further(request: SignedInRequest, sitting_id: UUID) -> HttpResponse:
    access.keeper(request.user)
    sitting = access.sitting_for(request.user, sitting_id)
    try:
        drafts.begin_further(sitting=sitting, is_wish="wish" in request.POST)
    except drafts.NothingToAsk:
        return redirect("checkins:result", sitting.pk)
    return redirect("checkins:question")


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def question(request: SignedInRequest) -> HttpResponse:
    subject = access.keeper(request.user)
    try:
        if request.method == "POST":
            return _answered(request, subject)
        asking = _fitting(subject)
    except drafts.DraftGone:
        return redirect("checkins:start")
    return _next(request, subject, asking) if asking.is_over else _page(request, asking)


def _fitting(subject: Subject) -> Asking:
    asking = drafts.fit(subject=subject)
    if asking is None:
        raise drafts.DraftGone
    return asking


def _answered(request: SignedInRequest, subject: Subject) -> HttpResponse:
    told = request.POST
    try:
        at = int(told.get("at", ""))
        if told.get("go") == "stop":
            drafts.stop(subject=subject)
            messages.info(request, _("Stopped. Nothing of it was kept."))
            return redirect("checkins:start")
        if told.get("go") == "back":
            drafts.go_back(subject=subject, at=at)
            return redirect("checkins:question")
        if told.get("go") == "skip":
            return _skipped(request, subject, at, is_sure="sure" in told)
        asking = drafts.answer(
            subject=subject, at=at, place=int(told.get("answer", ""))
        )
    except drafts.OtherQuestion:
        return redirect("checkins:question")
    except ValueError:
        return _unanswered(request, subject)
    return _next(request, subject, asking)


def _skipped(
    request: SignedInRequest, subject: Subject, at: int, *, is_sure: bool
) -> HttpResponse:
    """The ninth question is asked once more, with the help card: silence is no answer."""
    asking = _fitting(subject)
    if asking.is_over:
        return _next(request, subject, asking)
    if not is_sure and asking.at == at and is_ninth(*asking.current):
        return left_open_card(request, asking)
    return _next(request, subject, drafts.skip(subject=subject, at=at))


def _next(request: SignedInRequest, subject: Subject, asking: Asking) -> HttpResponse:
    if not asking.is_over:
        return redirect("checkins:question")
    try:
        sitting = results.submit(subject=subject)
    except drafts.TooEarly:
        drafts.stop(subject=subject)
        messages.info(request, _("You sent this one in another window already."))
        return redirect("checkins:start")
    except drafts.DraftGone:
        if not comes_first(asking.answers):
            raise
        # Nothing is kept, but what was said is answered.
        return lines_card(request)
    if access.is_held_back(sitting):
        # In this very answer, before any score and without another page.
        return first_card(request, sitting)
    return redirect("checkins:result", sitting.pk)


def _unanswered(request: SignedInRequest, subject: Subject) -> HttpResponse:
    asking = _fitting(subject)
    if asking.is_over:
        return _next(request, subject, asking)
    return _page(request, asking, error=_("Choose one answer, or skip."), status=422)


def _page(
    request: SignedInRequest, asking: Asking, *, error: str = "", status: int = 200
) -> HttpResponse:
    form, item = asking.current
    told = all_forms()[form]
    context: dict[str, Any] = {
        "asking": asking,
        "number": asking.at + 1,
        "count": len(asking.screens),
        "title": title_of(form),
        "form": told,
        "lead": lead_of(told),
        "question": next(one for one in told.questions if one.id == item),
        "error": error,
    }
    return render(
        request, "accounts/wellbeing/checkins/question.html", context, status=status
    )
