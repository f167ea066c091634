"""The pages of the editor: each saves itself, keeps what is typed, and is read along."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.employers.groups import branches_of
from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.templatetags.ui import moment
from jobs.editor.access import posting_to_write
from jobs.editor.compare import clash_rows
from jobs.editor.forms import BranchForm, data_of, step_form, typed_on, unread_form
from jobs.editor.models import EditorDraft
from jobs.editor.progress import TITLES, lint_of, progress_of
from jobs.editor.rules.steps import HOURS, LOOK, STEPS, after, before
from jobs.editor.services import saving, typed
from jobs.editor.services.errors import Clash, TooLong
from jobs.editor.working import Working, answers_in, as_typed, working_copy
from jobs.postings import services as postings
from jobs.postings.access import employer_only
from jobs.postings.answers import answers_of
from jobs.postings.branches import CHOOSABLE_STATES, name_branch
from jobs.postings.forms import PostingForm
from jobs.postings.views import read_version, sentence_for
from jobs.screening.rules.text import TextTooLong


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, public_id: UUID, step: str) -> HttpResponse:
    employer_only(request.user)
    posting = posting_to_write(request.user, public_id, step)
    work = working_copy(request.user, posting)
    if request.method == "POST":
        return _save(request, work, step)
    row = work.typed.get(step)
    takes = row is not None and (row.is_saved or "take" in request.GET)
    if row is not None and takes:
        form, version = unread_form(step, row.content), row.based_on
    else:
        form = step_form(step, is_draft=True, initial=answers_of(posting))
        version = posting.version
    context = page_context(work, step, form) | {
        "version": version,
        "offer": None if takes else row,
        "taken": row if takes else None,
    }
    if row is not None and row.based_on < posting.version:
        context["clash"] = _clash_with(work, row)
    return render(request, template_of(step), context)


def template_of(step: str) -> str:
    return "jobs/editor/look.html" if step == LOOK else "jobs/editor/step.html"


def page_context(work: Working, step: str, form: PostingForm) -> dict[str, object]:
    from jobs.editor.views.looking import look_context

    progress = progress_of(work.posting, current=step, typed=work.unsaved_steps)
    context: dict[str, object] = {
        "posting": work.stored,
        "form": form,
        "step": step,
        "progress": progress,
        "here": progress.current,
        "number": STEPS.index(step) + 1,
        "previous": before(step),
        "is_live": work.is_live,
        "changed_steps": [TITLES[key] for key in work.changed_steps],
        "branch_form": branch_form(work, step),
    }
    return context | (look_context(work, progress) if step == LOOK else {})


def branch_form(
    work: Working, step: str, data: QueryDict | None = None
) -> BranchForm | None:
    """Only where the place stands, before a person reads the posting, and with a list."""
    organization = work.stored.organization
    if step != HOURS or organization is None:
        return None
    if work.stored.state not in CHOOSABLE_STATES:
        return None
    branches = list(branches_of(organization))
    if not branches and work.stored.branch is None:
        return None
    sent = data if data is not None and "branch" in data else None
    return BranchForm(sent, posting=work.stored, branches=branches)


def _clash_with(work: Working, row: EditorDraft) -> object:
    """What a colleague saved after this was typed, where the two differ."""
    typed_posting = as_typed(work.stored, row.step, data_of(row.content))
    return clash_rows(work.stored, typed_posting, row.step, version=row.based_on)


def _save(request: SignedInRequest, work: Working, step: str) -> HttpResponse:
    """Save the page and go where the button says; wrong input goes nowhere unkept."""
    target = request.POST.get("go", "")
    target = target if target in STEPS else after(step)
    form = step_form(
        step,
        request.POST,
        is_draft=not work.is_live,
        initial=answers_of(work.stored),
    )
    version = read_version(request)
    context: dict[str, object] = {"version": version}
    place = branch_form(work, step, request.POST)
    if place is not None:
        context["branch_form"] = place
    if form.is_valid() and (place is None or not place.errors):
        try:
            _store(request, work, step, form, version, place)
        except Clash as error:
            form.add_error(None, _sentence_of(error))
            context |= {
                "version": work.stored.version,
                "clash": clash_rows(
                    work.stored,
                    as_typed(work.stored, step, request.POST),
                    step,
                    version=version,
                ),
            }
        except postings.PostingError as error:
            form.add_error(None, sentence_for(error))
        else:
            return redirect("editor:step", work.stored.public_id, target)
    note_debtor_data(
        organization=work.stored.organization,
        actor=request.user,
        hits=form.debtor_hits(),
    )
    if "go" in request.POST and target != step and "clash" not in context:
        return _leave(request, work, step, target, version)
    context = page_context(work, step, form) | context
    return render(request, template_of(step), context)


def _sentence_of(error: Clash) -> str:
    del error
    return _(
        "A colleague changed the same while you were writing. Both texts are below. "
        "Put right what you want to keep, then save again."
    )


def _store(
    request: SignedInRequest,
    work: Working,
    step: str,
    form: PostingForm,
    version: int,
    place: BranchForm | None,
) -> None:
    if work.is_live:
        if not form.has_changed():
            typed.drop_typed(posting=work.stored, user=request.user, step=step)
            return
        # Raises Clash now, and not only when all of it is sent.
        saving.combined(
            work.stored, step=step, fields=answers_in(form), version=version
        )
        typed.keep_typed(
            posting=work.stored,
            user=request.user,
            step=step,
            content=typed_on(step, request.POST),
            version=max(version, 1),
            is_saved=True,
        )
        return
    with transaction.atomic():
        saved = saving.save_step(
            posting=work.stored,
            actor=request.user,
            step=step,
            fields=answers_in(form),
            version=version,
        )
        if place is not None and place.is_bound and place.has_changed():
            name_branch(posting=saved, actor=request.user, branch=place.chosen())


def _leave(
    request: SignedInRequest, work: Working, step: str, target: str, version: int
) -> HttpResponse:
    """Somebody jumps away from a page with mistakes: it waits for them as it is."""
    try:
        typed.keep_typed(
            posting=work.stored,
            user=request.user,
            step=step,
            content=typed_on(step, request.POST),
            version=version,
        )
    except TooLong:
        messages.error(
            request, _("The text is too long to be kept. Please shorten it.")
        )
        return redirect("editor:step", work.stored.public_id, step)
    messages.warning(
        request,
        _(
            "“%(page)s” is kept as you typed it, but not saved: something is wrong there."
        )
        % {"page": TITLES[step]},
    )
    return redirect("editor:step", work.stored.public_id, target)


@require_POST
def keep(request: SignedInRequest, public_id: UUID, step: str) -> HttpResponse:
    """Every few seconds, and on leaving: what stands on the page is kept."""
    employer_only(request.user)
    posting = posting_to_write(request.user, public_id, step)
    work = working_copy(request.user, posting)
    try:
        kept = typed.keep_typed(
            posting=posting,
            user=request.user,
            step=step,
            content=typed_on(step, request.POST),
            version=read_version(request),
            is_saved=_stays_saved(request, work, step),
        )
    except TooLong:
        return JsonResponse({"told": _("Too long to be kept. Please shorten it.")})
    return JsonResponse({"told": _kept_at(kept)})


def _stays_saved(request: SignedInRequest, work: Working, step: str) -> bool:
    """A change that waits to be sent takes up the newer text, while that is in order;
    otherwise it waits for the person first, and is not sent."""
    row = work.typed.get(step)
    if row is None or not row.is_saved:
        return False
    form = step_form(
        step, request.POST, is_draft=False, initial=answers_of(work.stored)
    )
    return form.is_valid()


def _kept_at(row: EditorDraft | None) -> str:
    if row is None:
        return _("Nothing to keep: it is as it was saved.")
    return _("Kept for you, %(moment)s.") % {"moment": moment(row.typed_at)}


@require_POST
def drop(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """No, not what I had typed: one page of it, or all."""
    employer_only(request.user)
    step = request.POST.get("step", "")
    posting = posting_to_write(request.user, public_id, step or LOOK)
    typed.drop_typed(posting=posting, user=request.user, step=step)
    messages.success(request, _("Dropped. You see what is saved."))
    return redirect("editor:step", public_id, step or LOOK)


@require_POST
def lint(request: SignedInRequest, public_id: UUID, step: str) -> HttpResponse:
    """What the rules say about this page as it is typed; nothing is stored."""
    employer_only(request.user)
    posting = posting_to_write(request.user, public_id, step)
    work = working_copy(request.user, posting)
    try:
        context = lint_of(as_typed(work.posting, step, request.POST), step)
    except TextTooLong:
        return render(request, "jobs/screening/_lint.html", {"too_long": True})
    return render(request, "jobs/screening/_lint.html", context)
