"""A summary in plain words: asked for by the person, written by their counselor."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.cases.models import Case
from accounts.care.notes import access, showing
from accounts.care.notes.enums import SummaryState
from accounts.care.notes.forms import SummaryForm
from accounts.care.notes.http import typed, typing_page
from accounts.care.notes.services import summaries as service
from accounts.care.notes.services.sealing import summary_text
from accounts.care.notes.words import HOW_LONG
from accounts.care.vault.access import counselor_only, seeker_only, subject_of
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused


@require_http_methods(["GET", "HEAD", "POST"])
@typing_page(Kind.COUNSELOR)
def write_summary(request: SignedInRequest, summary_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    row = access.summary_to_write(counselor, summary_id)
    data = typed(request)
    form = SummaryForm(data)
    if request.method == "POST" and form.is_valid():
        service.give(summary=row, counselor=counselor, text=form.cleaned_data["text"])
        messages.success(request, _("Sent. The person is told that there is news."))
        return redirect("notes:desk")
    context = {
        "form": form,
        "row": row,
        "hints": showing.hints_shown(data.get("text", "") if data else ""),
    }
    status = 422 if request.method == "POST" else 200
    return render(
        request, "accounts/care/notes/write_summary.html", context, status=status
    )


@require_safe
@care_page(Kind.SEEKER)
def mine(request: SignedInRequest) -> HttpResponse:
    subject = subject_of(seeker_only(request.user))
    cases = list(access.cases_of(subject)) if subject else []
    rows = list(access.summaries_of(subject)) if subject else []
    given = [
        (row, summary_text(row)) for row in rows if row.state == SummaryState.GIVEN
    ]
    asked = {row.case_id: row for row in rows if row.state == SummaryState.ASKED}
    context = {
        "cases": [
            (
                case,
                asked.get(case.pk),
                access.has_earlier_notes(case),
                access.yes_on(case),
            )
            for case in cases
            if case.counselor is not None
        ],
        "given": given,
        "is_written": subject is not None and access.is_written_about(subject),
        "how_long": HOW_LONG,
    }
    return render(request, "accounts/care/notes/mine.html", context)


def _own_case(request: SignedInRequest, case_id: UUID) -> Case:
    return access.own_case(subject_of(seeker_only(request.user)), case_id)


@require_POST
@care_page(Kind.SEEKER)
def ask(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    try:
        service.ask(case=_own_case(request, case_id))
    except service.NobodyToAsk:
        messages.info(request, _("Nobody has your case yet. Please ask again later."))
    else:
        messages.success(request, _("Asked. You read the answer here."))
    return redirect("notes:mine")


@require_POST
@care_page(Kind.SEEKER)
def withdraw(request: SignedInRequest, summary_id: UUID) -> HttpResponse:
    row = access.own_summary(subject_of(seeker_only(request.user)), summary_id)
    try:
        service.withdraw(summary=row)
    except TransitionRefused:
        messages.info(request, _("It has been written in the meantime."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("notes:mine")


@require_POST
@care_page(Kind.SEEKER)
def let_read(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    if service.let_read(case=_own_case(request, case_id)):
        messages.success(request, _("Your counselor may read the earlier notes now."))
    return redirect("notes:mine")


@require_POST
@care_page(Kind.SEEKER)
def stop_reading(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    if service.stop_reading(case=_own_case(request, case_id)):
        messages.success(request, _("Ended at this moment."))
    return redirect("notes:mine")
