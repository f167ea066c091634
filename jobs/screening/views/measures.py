"""What was decided about an employer, in the employer's own eyes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.employers.access import admin_organization_for, membership_for
from accounts.employers.enums import MemberRole
from accounts.identity.http import SignedInRequest
from jobs.screening import access, cases
from jobs.screening.enums import ReportState, SanctionState
from jobs.screening.forms import AnswerForm, AppealForm
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import may_appeal
from jobs.screening.services import errors
from jobs.screening.services.appeals import file_appeal
from jobs.screening.services.reports import answer_question

SHOWN = 100
SENTENCES: dict[type[Exception], Promise] = {
    errors.TooLate: gettext_lazy("The 15 days for an objection are over."),
    errors.ReviewTaken: gettext_lazy(
        "This has changed meanwhile. Please look at it again."
    ),
}


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    found = list(access.measures_on(request.user)[:SHOWN])
    asked = access.questions_to(request.user)
    context = {
        "rows": [(row, cases.sanction_mark(row)) for row in found],
        "questions": asked.filter(state=ReportState.EVIDENCE_REQUESTED),
    }
    return render(request, "jobs/screening/measures.html", context)


@require_safe
def measure(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    return _page(request, access.measure_on(request.user, public_id))


@require_POST
def appeal(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """For administrators: others of the organisation get 403."""
    sanction = access.measure_on(request.user, public_id)
    admin_organization_for(request.user)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, sanction, form)
    try:
        file_appeal(
            sanction=sanction, actor=request.user, text=form.cleaned_data["text"]
        )
    except errors.ScreeningError as error:
        messages.error(request, _sentence(error))
    else:
        messages.success(
            request, _("We have it. Somebody new reads it and answers within 7 days.")
        )
    return redirect("measures:measure", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    asked = access.question_to(request.user, public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(
                report=asked, actor=request.user, answer=form.cleaned_data["answer"]
            )
        except errors.ScreeningError as error:
            messages.error(request, _sentence(error))
        else:
            messages.success(request, _("Thank you. We read it and decide."))
            return redirect("measures:mine")
    context = {
        "asked": asked,
        "form": form,
        "is_open": asked.state == ReportState.EVIDENCE_REQUESTED,
    }
    return render(request, "jobs/screening/question.html", context)


def _sentence(error: Exception) -> str:
    for kind, sentence in SENTENCES.items():
        if isinstance(error, kind):
            return str(sentence)
    return _("That did not work. Please look again.")


def _page(
    request: SignedInRequest, sanction: Sanction, form: AppealForm | None = None
) -> HttpResponse:
    filed = sanction.appeals.first()
    now = timezone.now()
    can_appeal = (
        filed is None
        and sanction.state == SanctionState.IN_FORCE
        and may_appeal(in_force_at=sanction.in_force_at, now=now)
    )
    context = {
        "sanction": sanction,
        "mark": cases.sanction_mark(sanction),
        "reasons": cases.reasons_of(sanction),
        "entries": cases.timeline(sanction.transitions.all(), reasons=False),
        "appeal": filed,
        "appeal_mark": cases.appeal_mark(filed.state) if filed else None,
        "can_appeal": can_appeal,
        "is_admin": membership_for(request.user).role == MemberRole.ADMIN,
        "form": form or AppealForm(),
    }
    return render(request, "jobs/screening/measure.html", context)
