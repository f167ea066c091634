"""Where one card may go: a sheet over the board, or a page where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused
from jobs.applications.forms import StepForm, step_form, step_form_again
from jobs.applications.models import Application
from jobs.applications.rules.workflow import LEAVING
from jobs.applications.services.showing import note_listed
from jobs.applications.views.employer import asks_too_early
from jobs.hiring import access
from jobs.hiring.rules.board import COLUMN_OF, COLUMNS, How, Move
from jobs.hiring.services.moves import VERBS, move_application
from jobs.hiring.texts import COLUMN_NAMES, MOVE_WORDS, moved_sentence
from jobs.hiring.views.cards import PAGES, desk_address, desk_query, moves_of
from jobs.postings.enums import PostingState


@dataclass(frozen=True, slots=True)
class Choice:
    """One step on the sheet: a form that is sent here, or the way to its own page."""

    move: Move
    words: str
    column: str
    form: StepForm | None
    url: str
    is_open: bool


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def move(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.card_of(request.user, public_id)
    note_listed(applications=[application], actor=request.user)
    if request.method != "POST":
        return _sheet(request, application)
    event = request.POST.get("event", "")
    if event not in VERBS:
        raise Http404
    return _take(request, application, event)


def _take(
    request: SignedInRequest, application: Application, event: str
) -> HttpResponse:
    work = application.posting.occupation
    form = step_form(event, application.version, request.POST, occupation=work)
    if not form.is_valid() or asks_too_early(form, application, event):
        note_debtor_data(
            organization=application.organization,
            actor=request.user,
            hits=form.debtor_hits(),
        )
        return _sheet(request, application, form, status=422)
    answers = dict(form.cleaned_data)
    try:
        move_application(
            application=application,
            actor=request.user,
            event=event,
            version=answers.pop("version"),
            answers=answers,
        )
    except TransitionRefused:
        # Read again: what is shown is what stands now, with the words still there.
        application = access.card_of(request.user, application.public_id)
        form = step_form_again(
            event, application.version, request.POST, occupation=work
        )
        return _sheet(request, application, form, status=409)
    return _done(request)


def _done(request: SignedInRequest) -> HttpResponse:
    said = _("Done. The applicant has been told.")
    if request.htmx:
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect(desk_address(request.POST.get("back", "")))


def _sheet(
    request: SignedInRequest,
    application: Application,
    form: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    event = str(form.prefix) if form else ""
    choices = _choices(request, application, form)
    is_lost = form is not None and event not in {c.move.event for c in choices}
    back = request.POST.get("back") or desk_query(request.GET)
    context = {
        "application": application,
        "stage": str(COLUMN_NAMES[COLUMN_OF[application.state]]),
        "choices": choices,
        "moved": _why(request, application, event) if status == 409 else "",
        "unsent": form.typed_texts() if form and is_lost else [],
        "is_wrong": status == 422,
        "back": desk_query(QueryDict(back)),
        "desk": desk_address(back),
    }
    part = "jobs/hiring/_sheet.html" if request.htmx else "jobs/hiring/move.html"
    return render(request, part, context, status=status)


def _why(request: SignedInRequest, application: Application, event: str) -> str:
    if application.posting.state == PostingState.REMOVED and event not in LEAVING:
        return _("The posting was taken down. You can still decline with a reason.")
    return moved_sentence(application, request.user, now=timezone.now())


def _choices(
    request: SignedInRequest, application: Application, form: StepForm | None
) -> list[Choice]:
    """Those of the column that was aimed at come first, with their form open."""
    to = request.POST.get("to") or request.GET.get("to", "")
    aimed = to if to in COLUMNS else ""
    event = str(form.prefix) if form else ""
    found = [
        Choice(
            move=move,
            words=str(MOVE_WORDS[move.event]),
            column=str(COLUMN_NAMES[move.column]),
            form=_form(application, move, form if move.event == event else None),
            url=reverse(PAGES[move.event], args=[application.public_id])
            if move.how == How.PAGE
            else "",
            is_open=move.event == event or (not event and move.column == aimed),
        )
        for move in moves_of(application)
    ]
    return sorted(found, key=lambda choice: not choice.is_open)


def _form(
    application: Application, move: Move, sent: StepForm | None
) -> StepForm | None:
    if move.how == How.PAGE:
        return None
    work = application.posting.occupation
    return sent or step_form(move.event, application.version, occupation=work)
