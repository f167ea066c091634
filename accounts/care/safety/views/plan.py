"""The plan for hard hours in somebody's account: only on their yes, sealed, theirs to end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.care.safety import access
from accounts.care.safety.forms import PlanForm
from accounts.care.safety.models import SafetyPlan
from accounts.care.safety.plan import PARTS, plan_shown
from accounts.care.safety.services import plans
from accounts.care.vault.access import counselor_only, may, subject_of
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.models import Subject
from accounts.care.vault.services import grants
from accounts.care.vault.services.log import note_access
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.texts import words_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

PAGE = "accounts/care/safety/plan.html"


def _latest(subject: Subject | None) -> SafetyPlan | None:
    return access.plans_of(subject).first() if subject else None


def _form(data: Any, plan: SafetyPlan | None) -> PlanForm:
    initial = plans.body_of(plan) if plan else {}
    return PlanForm(data, parts=PARTS, initial=initial)


def _after(request: SignedInRequest) -> int:
    told = request.POST.get("after", "0")
    return int(told) if told.isdigit() else 0


def _history(subject: Subject | None) -> list[dict[str, Any]]:
    rows = list(access.plans_of(subject)[1:]) if subject else []
    return [{"plan": row, "parts": plan_shown(plans.body_of(row))} for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def plan(request: SignedInRequest) -> HttpResponse:
    """The first time, keeping it is the yes to the words above the button."""
    subject = subject_of(request.user)
    is_kept = subject is not None and may(subject, Scope.PLAN_STORE)
    latest = _latest(subject)
    data = request.POST if request.method == "POST" else None
    form = _form(data, latest)
    if form.is_valid():
        subject = ensure_subject(user=request.user)
        if not is_kept:
            grants.give(subject=subject, scope=Scope.PLAN_STORE)
        try:
            plans.keep_plan(
                subject=subject, body=form.cleaned_data, after=_after(request)
            )
        except plans.ChangedMeanwhile:
            form.add_error(
                None,
                _("It was changed elsewhere meanwhile. What you wrote is still here."),
            )
        else:
            messages.success(request, _("Kept in your account, locked with your key."))
            return redirect("safety:plan")
    context = {
        "form": form,
        "is_kept": is_kept,
        "latest": _latest(subject),
        "words": words_of(Scope.PLAN_STORE),
        "history": _history(subject) if is_kept else [],
    }
    status = 422 if data is not None else 200
    return render(request, PAGE, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def stop(request: SignedInRequest) -> HttpResponse:
    """Keep it on the device or delete it: out of the account either way."""
    subject = subject_of(request.user)
    if request.method == "POST":
        if subject is not None:
            grants.revoke_scope(subject=subject, scope=Scope.PLAN_STORE)
        messages.success(
            request, _("Nothing of your plan is in your account any more.")
        )
        return redirect("safety_plan")
    latest = _latest(subject)
    context = {"body": plans.body_of(latest) if latest else None}
    return render(request, "accounts/care/safety/plan_stop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def together(request: SignedInRequest, subject_id: UUID) -> HttpResponse:
    """A counselor writes it with the person, during their talk and on their yes only."""
    counselor = counselor_only(request.user)
    subject = access.shared_plan_for(counselor, subject_id)
    latest = _latest(subject)
    data = request.POST if request.method == "POST" else None
    form = _form(data, latest)
    if form.is_valid():
        try:
            plans.keep_plan(
                subject=subject,
                body=form.cleaned_data,
                counselor=counselor,
                after=_after(request),
            )
        except plans.ChangedMeanwhile:
            form.add_error(
                None,
                _("It was changed elsewhere meanwhile. What you wrote is still here."),
            )
        else:
            messages.success(request, _("Kept. They see it in their account at once."))
            return redirect("safety:plan_together", subject_id)
    if request.method == "GET":
        note_access(
            subject=subject,
            reader=Reader.COUNSELOR,
            counselor=counselor,
            action="safety.plan.read",
            object_id=latest.pk if latest else None,
        )
    context = {"form": form, "latest": _latest(subject)}
    status = 422 if data is not None else 200
    return render(
        request, "accounts/care/safety/plan_together.html", context, status=status
    )
