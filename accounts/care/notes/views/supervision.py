"""What a lead counselor reads, for a typed reason, and says about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
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

from accounts.care.notes import access, showing
from accounts.care.notes.enums import Outcome
from accounts.care.notes.forms import LookForm, OutcomeForm
from accounts.care.notes.http import typed, typing_page
from accounts.care.notes.models import SupervisionReview
from accounts.care.notes.rules.times import FLAG_WITHIN
from accounts.care.notes.services import reviews
from accounts.care.notes.services.holding import hold
from accounts.care.notes.services.sealing import fields_of, question_of
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.services.flags import REASON
from accounts.care.vault import keys
from accounts.care.vault.access import supervisor_only
from accounts.care.vault.http import address_of, care_page
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

LOOK = "accounts/care/notes/supervision_look.html"
PAGE = "accounts/care/notes/supervision_page.html"


def _review_url(review_id: UUID) -> str:
    return reverse("notes:review", args=[review_id])


@require_safe
@care_page(Kind.COUNSELOR)
def supervision(request: SignedInRequest) -> HttpResponse:
    supervisor = supervisor_only(request.user)
    context = {
        "flags": [
            (flag, flag.opened_at + FLAG_WITHIN)
            for flag in access.flags_to_review(supervisor)
        ],
        "reviews": list(access.to_review(supervisor)),
        "now": timezone.now(),
    }
    return render(request, "accounts/care/notes/supervision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@typing_page(Kind.COUNSELOR)
def review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """First the reason, then for one hour what it is about."""
    supervisor = supervisor_only(request.user)
    row = access.review_for(supervisor, review_id)
    if access.may_see(row, supervisor, now=timezone.now()):
        data = typed(request) if request.method != "POST" else None
        return _shown(request, row, OutcomeForm(data))
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _open(request, row, supervisor, form)
    return _ask(request, form, row=row)


@require_http_methods(["GET", "HEAD", "POST"])
@typing_page(Kind.COUNSELOR)
def flag_review(request: SignedInRequest, flag_id: UUID) -> HttpResponse:
    supervisor = supervisor_only(request.user)
    flag = access.flag_for(supervisor, flag_id)
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = reviews.open_flag(
            flag=flag,
            supervisor=supervisor,
            reason=form.cleaned_data["reason"],
            address=address_of(request),
        )
        return redirect("notes:review", row.pk)
    return _ask(request, form, flag=flag)


@require_POST
@typing_page(Kind.COUNSELOR, back=_review_url)
def decide(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    supervisor = supervisor_only(request.user)
    row = access.review_for(supervisor, review_id)
    form = OutcomeForm(request.POST)
    if not access.may_see(row, supervisor, now=timezone.now()):
        # The hour is over: after a new reason the words are there again.
        hold(user=request.user, path=_review_url(review_id), data=request.POST)
        return redirect("notes:review", review_id)
    if not form.is_valid():
        return _shown(request, row, form, status=422)
    reviews.decide(
        review=row,
        supervisor=supervisor,
        outcome=Outcome(form.cleaned_data["outcome"]),
        remark=form.cleaned_data["remark"],
    )
    messages.success(request, _("Said. The counselor sees it on their own page."))
    return redirect("notes:supervision")


def _open(
    request: SignedInRequest,
    row: SupervisionReview,
    supervisor: CounselorProfile,
    form: forms.Form,
) -> HttpResponse:
    try:
        reviews.open_review(
            review=row,
            supervisor=supervisor,
            reason=form.cleaned_data["reason"],
            address=address_of(request),
        )
    except reviews.NotYours:
        form.add_error(None, _("A colleague has this open just now."))
        return _ask(request, form, row=row)
    return redirect("notes:review", row.pk)


def _ask(
    request: SignedInRequest,
    form: forms.Form,
    *,
    row: SupervisionReview | None = None,
    flag: SafetyFlag | None = None,
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "row": row, "flag": flag}
    return render(request, LOOK, context, status=status)


def _shown(
    request: SignedInRequest,
    row: SupervisionReview,
    form: OutcomeForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "question": question_of(row),
    }
    if row.note is not None:
        version = access.versions_of(row.note).get(number=row.note.version)
        context["lines"] = showing.lines_of(fields_of(version), version.format)
        context["version"] = version
    if row.flag is not None:
        context["reason"] = keys.unseal(row.subject, REASON, row.flag.reason)
    return render(request, PAGE, context, status=status)
