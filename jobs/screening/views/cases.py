"""Reports, second looks and objections, for the people who moderate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from jobs.postings import services as postings
from jobs.screening import access, cases
from jobs.screening.adverts import TEXT_FIELDS
from jobs.screening.clock import remaining
from jobs.screening.enums import ReportState, Urgency
from jobs.screening.explain import grouped, marked_fields
from jobs.screening.forms import (
    AppealDecisionForm,
    QuestionForm,
    ReportDecisionForm,
    SecondLookForm,
    TriageForm,
)
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import OUTCOMES
from jobs.screening.services import errors, reports as services
from jobs.screening.services.appeals import decide_appeal
from jobs.screening.services.second_look import confirm_sanction, drop_sanction
from jobs.screening.views.moderation import neighbours, sentence_for

SHOWN = 100
REFUSALS = (errors.ScreeningError, postings.PostingError)
CHOICES = {
    ReportState.DISMISSED: gettext_lazy("Nothing against the rules"),
    ReportState.WARNED: gettext_lazy("Warn"),
    ReportState.PAUSED: gettext_lazy("Pause publication"),
    ReportState.REMOVED: gettext_lazy("Take the posting down"),
    ReportState.SUSPENDED: gettext_lazy("Suspend the employer"),
    ReportState.BLOCKED: gettext_lazy("Shut the employer out"),
}
# Reports about an employer have no posting to take down; reposts nobody to suspend.
_OF_POSTINGS = {ReportState.REMOVED}
_OF_EMPLOYERS = {ReportState.SUSPENDED, ReportState.BLOCKED}


@require_safe
def reports(request: SignedInRequest) -> HttpResponse:
    rows = access.report_queue(request.user)[:SHOWN]
    context = {
        "tab": "reports",
        "counts": access.queue_counts(request.user),
        "rows": [_report_row(row) for row in rows],
        "asked": [_report_row(row) for row in access.asked_reports(request.user)],
    }
    return render(request, "jobs/screening/report_queue.html", context)


def _report_row(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "look": cases.URGENCY_LOOKS[Urgency(report.urgency)],
        "mark": cases.report_mark(report.state),
        "clock": remaining(report.due_at, since=report.created_at),
    }


@require_safe
def report(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    return _report_page(request, access.report_for(request.user, public_id))


@require_POST
def triage(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.report_for(request.user, public_id)
    form = TriageForm(request.POST)
    if not form.is_valid():
        return _report_page(request, found, triage_form=form)
    try:
        services.triage_report(
            report=found, reviewer=request.user, urgency=form.cleaned_data["urgency"]
        )
    except REFUSALS as error:
        messages.error(request, sentence_for(error))
    return redirect("screening:report", public_id)


@require_POST
def ask(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.report_for(request.user, public_id)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _report_page(request, found, question_form=form)
    try:
        services.request_evidence(
            report=found,
            reviewer=request.user,
            question=form.cleaned_data["question"],
        )
    except REFUSALS as error:
        messages.error(request, sentence_for(error))
        return redirect("screening:report", public_id)
    messages.success(request, _("Asked. They have 5 days."))
    return redirect("screening:reports")


@require_POST
def decide_report(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.report_for(request.user, public_id)
    form = _decision_form(found, request.POST)
    if request.POST.get("seen", "") != found.state:
        messages.error(request, sentence_for(errors.ReviewTaken()))
        return redirect("screening:report", public_id)
    if not form.is_valid():
        return _report_page(request, found, form=form)
    data = form.cleaned_data
    try:
        decided = services.decide_report(
            report=found,
            reviewer=request.user,
            outcome=data["outcome"],
            seen=data["seen"],
            basis=form.reasons(),
            note=data["note"],
            reporter_note=data["reporter_note"],
            others=data.get("others", False),
            until=data["until"],
        )
    except REFUSALS as error:
        form.add_error(None, sentence_for(error))
        found.refresh_from_db()
        return _report_page(request, found, form=form)
    if decided.state == ReportState.PROPOSED:
        messages.success(request, _("Hidden for now. A second person has to confirm."))
    else:
        messages.success(request, _("Decided. Whoever is concerned is told."))
    return redirect("screening:reports")


def _decision_form(report: Report, data: Any = None) -> ReportDecisionForm:
    values = [
        value
        for value in OUTCOMES.values()
        if not (value in _OF_POSTINGS and report.posting is None)
        and not (value in _OF_EMPLOYERS and report.employer is None)
    ]
    return ReportDecisionForm(
        data,
        choices=[(value, CHOICES[ReportState(value)]) for value in values],
        hits=grouped(access.findings_of(report.posting)) if report.posting else (),
        others=access.other_reports(report).count(),
        initial={"seen": report.state, "basis": [report.category]},
    )


def _report_page(
    request: SignedInRequest,
    found: Report,
    *,
    form: ReportDecisionForm | None = None,
    triage_form: TriageForm | None = None,
    question_form: QuestionForm | None = None,
) -> HttpResponse:
    posting = found.posting
    findings = list(access.findings_of(posting)) if posting else []
    context = {
        "report": found,
        "who": cases.reporter_word(found.reporter_kind),
        "mark": cases.report_mark(found.state),
        "look": cases.URGENCY_LOOKS[Urgency(found.urgency)],
        "clock": remaining(found.due_at, since=found.created_at),
        "posting": posting,
        "texts": _texts(found, findings),
        "changes": cases.changes_since(found),
        "hits": grouped(findings),
        "others": access.other_reports(found).count(),
        "entries": cases.timeline(found.transitions.all()),
        "can_decide": found.state in {ReportState.OPEN, *_WAITING},
        "can_triage": found.state in {ReportState.OPEN, ReportState.TRIAGED},
        "form": form or _decision_form(found),
        "triage_form": triage_form or TriageForm(initial={"urgency": found.urgency}),
        "question_form": question_form or QuestionForm(),
        "bound": form or triage_form or question_form,
    }
    queue = access.report_queue(request.user)
    context |= neighbours(queue, found.public_id, "screening:report")
    if found.employer:
        context |= cases.record_context(found.employer)
    return render(request, "jobs/screening/report.html", context)


_WAITING = (ReportState.TRIAGED, ReportState.EVIDENCE_REQUESTED)


def _texts(report: Report, findings: list[Any]) -> list[Any]:
    if report.posting is None:
        return []
    fields = ((name, getattr(report.posting, name)) for name in TEXT_FIELDS)
    return list(marked_fields(fields, findings))


@require_safe
def confirmations(request: SignedInRequest) -> HttpResponse:
    rows = access.second_look_queue(request.user)[:SHOWN]
    context = {
        "tab": "confirm",
        "counts": access.queue_counts(request.user),
        "rows": [(row, remaining(row.due_at, since=row.at)) for row in rows],
    }
    return render(request, "jobs/screening/confirm_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    sanction = access.sanction_for(request.user, public_id)
    form = SecondLookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _second_look(sanction, request, form)
        except REFUSALS as error:
            messages.error(request, sentence_for(error))
            return redirect("screening:confirm", public_id)
        messages.success(request, _("Decided. The employer is told."))
        return redirect("screening:confirmations")
    context = _sanction_context(sanction) | {
        "form": form,
        "is_open": sanction.state == "proposed",
        "is_own": sanction.imposed_by_id == request.user.pk,
        "clock": remaining(sanction.due_at, since=sanction.at),
    }
    return render(request, "jobs/screening/confirm.html", context)


def _second_look(
    sanction: Sanction, request: SignedInRequest, form: SecondLookForm
) -> None:
    if form.cleaned_data["decision"] == "confirm":
        confirm_sanction(sanction=sanction, reviewer=request.user)
    else:
        drop_sanction(
            sanction=sanction,
            reviewer=request.user,
            reason=form.cleaned_data["reason"],
        )


def _sanction_context(sanction: Sanction) -> dict[str, Any]:
    context: dict[str, Any] = {
        "sanction": sanction,
        "mark": cases.sanction_mark(sanction),
        "reasons": cases.reasons_of(sanction),
        "words": cases.kept_words(sanction.evidence),
        "entries": cases.timeline(sanction.transitions.all()),
        "reports": sanction.reports.defer("snapshot"),
    }
    if sanction.organization:
        context |= cases.record_context(sanction.organization)
    return context


@require_safe
def appeals(request: SignedInRequest) -> HttpResponse:
    rows = access.appeal_queue(request.user)[:SHOWN]
    context = {
        "tab": "appeals",
        "counts": access.queue_counts(request.user),
        "rows": [(row, remaining(row.due_at, since=row.at)) for row in rows],
    }
    return render(request, "jobs/screening/appeal_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.appeal_for(request.user, public_id)
    form = AppealDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_appeal(
                appeal=found,
                reviewer=request.user,
                reverse=form.cleaned_data["decision"] == "reverse",
                reason=form.cleaned_data["reason"],
            )
        except REFUSALS as error:
            form.add_error(None, sentence_for(error))
            found.refresh_from_db()
        else:
            messages.success(request, _("Decided. Whoever is concerned is told."))
            return redirect("screening:appeals")
    took_part = {found.imposed_by_id, found.confirmed_by_id}
    context = _sanction_context(found.sanction) | {
        "appeal": found,
        "appeal_mark": cases.appeal_mark(found.state),
        "form": form,
        "is_open": found.state == "open",
        "is_own": request.user.pk in took_part,
        "clock": remaining(found.due_at, since=found.at),
    }
    return render(request, "jobs/screening/appeal.html", context)
