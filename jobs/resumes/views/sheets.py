from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from accounts.seekers.access import profile_or_none
from jobs.resumes.access import Sheet, resume_or_none, sheets_of
from jobs.resumes.documents import document_for
from jobs.resumes.enums import Identity, Language, Variant
from jobs.resumes.forms import LineForm
from jobs.resumes.models import Resume, ResumeLine
from jobs.resumes.rules.answers import catalogue
from jobs.resumes.texts import Note, figures_of, notes_for_line, source_label
from jobs.resumes.views.documents import files_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page shows it; `is_open` while its form has something to say."""

    line: ResumeLine
    source: str
    notes: list[Note]
    form: LineForm
    is_open: bool


@dataclass(frozen=True, slots=True)
class Column:
    sheet: Sheet
    standing: list[Row]
    waiting: list[Row]
    orphans: list[Row]
    add_form: LineForm
    is_current: bool
    is_adding: bool


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The three variants; before the first answer, what this is about."""
    if profile_or_none(request.user) is None:
        return redirect("seekers:start")
    resume = resume_or_none(request.user)
    if resume is None or not resume.done_groups:
        first = next(iter(catalogue().groups))
        context = {"start_url": reverse("resumes:did", args=[first])}
        return render(request, "jobs/resumes/begin.html", context)
    return editor_page(request, resume)


def editor_page(
    request: SignedInRequest,
    resume: Resume,
    *,
    line: ResumeLine | None = None,
    variant: str = "",
    form: LineForm | None = None,
) -> HttpResponse:
    """`form` is refused words to show again: of `line`, or a new one of `variant`."""
    chosen = (line.variant if line else variant) or request.GET.get("variant", "")
    current = Variant(chosen) if chosen in Variant else Variant.SUPPORT
    sheets = sheets_of(resume)
    shown = next(sheet for sheet in sheets if sheet.variant == current)
    figures = figures_of(resume)

    def rows(lines: Iterable[ResumeLine]) -> list[Row]:
        return [_row(found, line, form, figures) for found in lines]

    columns = [
        Column(
            sheet=sheet,
            standing=rows(sheet.standing),
            waiting=rows(sheet.waiting),
            orphans=rows(sheet.orphans),
            add_form=form
            if form and variant == sheet.variant
            else LineForm(auto_id=f"id_{sheet.variant}_%s"),
            is_current=sheet.variant == current,
            is_adding=bool(form) and variant == sheet.variant,
        )
        for sheet in sheets
    ]
    context = {
        "resume": resume,
        "columns": columns,
        "groups": _groups(),
        "languages": Language.choices,
        "document": document_for(resume, current, Identity.NAMED, sheet=shown),
        "files": files_of(current, Identity.NAMED),
        "variant": current,
        "has_figures": resume.answers.filter(code__in=_with_details()).exists(),
    }
    status = 422 if form else 200
    return render(request, "jobs/resumes/mine.html", context, status=status)


def _row(
    found: ResumeLine,
    refused: ResumeLine | None,
    form: LineForm | None,
    figures: frozenset[int],
) -> Row:
    is_open = form is not None and refused is not None and refused.pk == found.pk
    own_form = LineForm(
        initial={"text": found.text, "version": found.version},
        auto_id=f"id_{found.public_id}_%s",
    )
    # What we wrote has nothing to remark on; only their own words are read.
    notes = (
        notes_for_line(found.text, found, language=found.language, figures=figures)
        if found.text_is_edited
        else []
    )
    shown = form if is_open and form else own_form
    return Row(found, source_label(found.source_answer), notes, shown, is_open)


def _groups() -> list[tuple[str, str]]:
    language = get_language() or ""
    return [
        (reverse("resumes:did", args=[code]) + "?from=resume", texts.text(language))
        for code, texts in catalogue().groups.items()
    ]


def _with_details() -> list[str]:
    answers = catalogue().answers
    return [code for code, a in answers.items() if a.number or a.ask_name]
