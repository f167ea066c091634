"""Decisions against or without consent: in steps, with reasons, judged by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.care.safety import access
from accounts.care.safety.enums import SERIOUS, Verdict, Whom
from accounts.care.safety.forms import DecideForm, GlassForm, JudgeForm
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.services import flags, glass
from accounts.care.vault.access import (
    counselor_only,
    standing_grant,
    supervisor_only,
)
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.services.grants import detail_of
from accounts.care.vault.services.log import note_access
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused

DECIDE = "accounts/care/safety/decide.html"


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def decide(request: SignedInRequest, flag_id: UUID) -> HttpResponse:
    """First what and why, then once more everything that this means, then it is done."""
    counselor = supervisor_only(request.user)
    row = access.flag_for(counselor, flag_id, now=timezone.now())
    if row.level not in SERIOUS:
        raise Http404
    grant = standing_grant(row.subject, Scope.EMERGENCY_PERSON)
    data = request.POST if request.method == "POST" else None
    form = DecideForm(data, has_person=grant is not None)
    context: dict[str, Any] = {"flag": row, "form": form, "has_person": bool(grant)}
    if not form.is_valid():
        status = 422 if data is not None else 200
        return render(request, DECIDE, context, status=status)
    whom = Whom(form.cleaned_data["whom"])
    if "confirmed" not in request.POST:
        return render(request, DECIDE, context | {"whom": whom, "is_second": True})
    return _decided(request, row, counselor, form, whom, context)


def _decided(
    request: SignedInRequest,
    row: SafetyFlag,
    counselor: CounselorProfile,
    form: DecideForm,
    whom: Whom,
    context: dict[str, Any],
) -> HttpResponse:
    try:
        flags.decide(
            flag=row,
            counselor=counselor,
            whom=whom,
            remark=form.cleaned_data["remark"],
        )
    except TransitionRefused:
        form.add_error(None, _("First somebody takes it over and tries to reach them."))
    except flags.NoSuchConsent:
        form.add_error(None, _("They took it back just now: nobody is named."))
    if form.errors:
        return render(request, DECIDE, context, status=422)
    person = None
    grant = standing_grant(row.subject, Scope.EMERGENCY_PERSON)
    if whom == Whom.EMERGENCY_PERSON and grant is not None:
        person = detail_of(grant)
        note_access(
            subject=row.subject,
            reader=Reader.SUPERVISOR,
            counselor=counselor,
            action="safety.person.read",
            object_id=grant.pk,
        )
    context = {"flag": row, "whom": whom, "person": person}
    return render(request, "accounts/care/safety/decided.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def open_more(request: SignedInRequest, flag_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    row = access.flag_for(counselor, flag_id, now=timezone.now())
    form = GlassForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            glass.open_glass(
                flag=row, counselor=counselor, reason=form.cleaned_data["reason"]
            )
        except glass.NotNeeded:
            form.add_error(
                None,
                _("Only with an open red or amber flag, on duty or as lead counselor."),
            )
        else:
            messages.success(request, _("Open for 60 minutes. The person was told."))
            return redirect("safety:flag", flag_id)
    status = 422 if request.method == "POST" else 200
    context = {"flag": row, "form": form}
    return render(
        request, "accounts/care/safety/open_more.html", context, status=status
    )


@require_safe
@care_page(Kind.COUNSELOR)
def looks(request: SignedInRequest) -> HttpResponse:
    counselor = supervisor_only(request.user)
    context = {"looks": list(access.looks_to_judge(counselor)), "now": timezone.now()}
    return render(request, "accounts/care/safety/looks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def judge(request: SignedInRequest, look_id: UUID) -> HttpResponse:
    counselor = supervisor_only(request.user)
    row = access.look_to_judge(counselor, look_id)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            glass.judge(
                glass=row,
                reviewer=counselor,
                verdict=Verdict(form.cleaned_data["verdict"]),
                remark=form.cleaned_data["remark"],
            )
        except glass.JudgedAlready:
            raise Http404 from None
        messages.success(request, _("Judged. The person can read it."))
        return redirect("safety:looks")
    status = 422 if request.method == "POST" else 200
    context = {"look": row, "reason": glass.reason_of(row), "form": form}
    return render(request, "accounts/care/safety/judge.html", context, status=status)
