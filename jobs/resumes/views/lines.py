from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.identity.http import SignedInRequest
from accounts.lib.text import clean_line
from jobs.resumes.access import line_of, resume_or_none, variant_or_404
from jobs.resumes.documents import NEW, document_for
from jobs.resumes.enums import Identity, Variant
from jobs.resumes.forms import LineForm
from jobs.resumes.models import LINE_LENGTH, Resume, ResumeLine
from jobs.resumes.rules.answers import known_language
from jobs.resumes.rules.document import Document
from jobs.resumes.services.errors import LineChanged, TooManyLines
from jobs.resumes.services.lines import CHANGES, add_line, change_line, edit_line
from jobs.resumes.texts import Note, figures_of, notes_for_line
from jobs.resumes.views.sheets import editor_page


@require_POST
def edit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    line = line_of(request.user, public_id)
    form = LineForm(request.POST, auto_id=f"id_{line.public_id}_%s")
    if form.is_valid():
        try:
            edit_line(
                line=line,
                actor=request.user,
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"] or 0,
            )
        except LineChanged:
            form = _renewed(request, line)
        else:
            return redirect(_at(line))
    return editor_page(request, line.resume, line=line, form=form)


def _renewed(request: SignedInRequest, line: ResumeLine) -> LineForm:
    """What was typed, ready to be saved over the line as it is now."""
    data = request.POST.copy()
    data["version"] = str(line.version)
    form = LineForm(data, auto_id=f"id_{line.public_id}_%s")
    form.add_error(
        "text",
        ValidationError(
            _(
                "You changed this line elsewhere meanwhile: “%(text)s”. Save again to use yours."
            )
            % {"text": line.text}
        ),
    )
    return form


@require_POST
def add(request: SignedInRequest, variant: str) -> HttpResponse:
    chosen = variant_or_404(variant)
    resume = resume_or_none(request.user)
    if resume is None:
        raise Http404
    form = LineForm(request.POST, auto_id=f"id_{chosen}_%s")
    if form.is_valid():
        try:
            line = add_line(
                resume=resume,
                actor=request.user,
                variant=chosen,
                text=form.cleaned_data["text"],
            )
        except TooManyLines:
            form.add_error(
                "text", _("That is enough lines of your own. Please remove one first.")
            )
        else:
            return redirect(_at(line))
    return editor_page(request, resume, variant=chosen, form=form)


@require_POST
def change(request: SignedInRequest, public_id: UUID, change: str) -> HttpResponse:
    line = line_of(request.user, public_id)
    if change not in CHANGES:
        raise Http404
    change_line(line=line, actor=request.user, change=change)
    if change == "remove":
        messages.success(request, _("Removed."))
    return redirect(_at(line))


@require_POST
def lint_text(request: SignedInRequest) -> HttpResponse:
    """What there is to say about the words typed so far; nothing is stored."""
    resume = resume_or_none(request.user)
    text = clean_line(request.POST.get("text", ""))[:LINE_LENGTH]
    line = None
    if resume is not None and (found := request.POST.get("line", "")):
        line = resume.lines.filter(public_id=_uuid(found)).first()
    language = known_language(resume.language if resume else "")
    figures = figures_of(resume) if resume else frozenset()
    notes = notes_for_line(text, line, language=language, figures=figures)
    context: dict[str, Any] = {"notes": notes}
    if resume is not None and (chosen := _variant_read(request, line)):
        context["document"] = _draft(resume, chosen, line, text, notes)
    return render(request, "jobs/resumes/_read_along.html", context)


def _variant_read(request: SignedInRequest, line: ResumeLine | None) -> Variant | None:
    code = line.variant if line else request.POST.get("variant", "")
    return Variant(code) if code in Variant else None


def _draft(
    resume: Resume,
    variant: Variant,
    line: ResumeLine | None,
    text: str,
    notes: list[Note],
) -> Document:
    """How it would read; words that cannot stay are not shown as if they could."""
    key = str(line.public_id) if line else NEW
    can_stay = text and not any(note.is_refused for note in notes)
    words = {key: text} if can_stay else {}
    return document_for(resume, variant, Identity.NAMED, words=words)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _at(line: ResumeLine) -> str:
    query = f"?variant={line.variant}#line-{line.public_id}"
    return reverse("resumes:mine") + query
