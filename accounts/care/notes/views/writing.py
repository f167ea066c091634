"""Writing a note: begin, type, keep, sign, change."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from accounts.care.cases.access import case_for
from accounts.care.notes import access, showing
from accounts.care.notes.enums import Format, NoteState
from accounts.care.notes.forms import NoteForm
from accounts.care.notes.http import typed, typing_page
from accounts.care.notes.models import SessionNote
from accounts.care.notes.rules.lint import stands_in_the_way
from accounts.care.notes.services import notes
from accounts.care.notes.services.sealing import draft_of
from accounts.care.vault.access import counselor_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import ReasonMissing, TransitionRefused

PAGE = "accounts/care/notes/write.html"
AS = "as:"
SAY_DIFFERENTLY = gettext_lazy(
    "Not signed yet: some words have to be said differently. They stand below the texts."
)


def _write_url(note_id: UUID) -> str:
    return reverse("notes:write", args=[note_id])


@require_POST
@care_page(Kind.COUNSELOR)
def start(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    case = case_for(counselor, case_id)
    talks = access.talks_on(case, counselor)
    chosen = request.POST.get("appointment", "")
    talk = next((one for one in talks if str(one.pk) == chosen), None)
    note = notes.begin(case=case, author=counselor, appointment=talk)
    return redirect("notes:write", note.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@typing_page(Kind.COUNSELOR)
def write(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    note = access.own_note(counselor, note_id)
    data = typed(request)
    if note.state == NoteState.SIGNED:
        return _after_signing(request, note, data)
    if request.method == "POST":
        return _save(request, note, request.POST.copy())
    notes.look(note=note, counselor=counselor, action="note.read")
    form = _form(note, data)
    if data is not None:
        messages.info(request, _("What you typed is here again. Please save it."))
    return _page(request, form)


def _form(note: SessionNote, data: QueryDict | None) -> NoteForm:
    talks = access.talks_on(note.case, note.author)
    return NoteForm(data, note=note, texts=draft_of(note), talks=talks)


def _page(
    request: SignedInRequest, form: NoteForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    note = form.note
    texts = form.texts() if form.is_bound else draft_of(note)
    context = {
        "form": form,
        "note": note,
        "is_on_my_case": note.case.counselor_id == note.author_id,
        "fields": [
            (form[name], showing.hints_shown(texts.get(name, "")))
            for name in form.text_names
        ],
        "besides": showing.besides(list(access.kept_of(note)), note),
        "ways": [one for one in Format if one != note.format],
    }
    return render(request, PAGE, context | more, status=status)


def _after_signing(
    request: SignedInRequest, note: SessionNote, data: QueryDict | None
) -> HttpResponse:
    """Typed in a window that had not heard of it: kept beside the note."""
    if data is not None:
        form = _form(note, data)
        form.is_valid()
        kept = _keep(note, form)
        if kept.is_beside:
            messages.warning(
                request,
                _(
                    "The note had been signed in another window. What you typed is "
                    "kept: you find it below."
                ),
            )
    return redirect("notes:note", note.pk)


def _keep(note: SessionNote, form: NoteForm) -> notes.Kept:
    told = form.cleaned_data
    return notes.keep(
        note=note,
        fields=form.texts(),
        revision=told.get("revision") or 0,
        window=told.get("window") or "",
    )


def _save(request: SignedInRequest, note: SessionNote, data: QueryDict) -> HttpResponse:
    form = _form(note, data)
    is_right = form.is_valid()
    kept = _keep(note, form)
    if kept.is_beside:
        note.refresh_from_db()
        return _page(request, _form(note, None), status=422, has_clash=True)
    data["revision"] = str(kept.revision)
    if not is_right:
        return _page(request, form, status=422)
    if note.state == NoteState.DRAFT:
        notes.describe(
            note=note,
            happened_on=form.cleaned_data["happened_on"],
            appointment=form.talk(),
        )
    action = data.get("action", "")
    if action == "sign":
        return _sign(request, note, form)
    if action.removeprefix(AS) in Format and note.state == NoteState.DRAFT:
        notes.rewrite_as(note=note, way=Format(action.removeprefix(AS)))
    else:
        messages.success(request, _("Saved. Only you can read this draft."))
    return redirect("notes:write", note.pk)


def _sign(request: SignedInRequest, note: SessionNote, form: NoteForm) -> HttpResponse:
    try:
        notes.sign(note=note, reason=form.cleaned_data.get("reason", ""))
    except notes.FieldsMissing as error:
        for name in error.names:
            form.add_error(name, _("Before you sign, please write something here."))
        if stands_in_the_way(form.texts()):
            form.add_error(None, SAY_DIFFERENTLY)
    except notes.WordsStand:
        form.add_error(None, SAY_DIFFERENTLY)
    except ReasonMissing:
        form.add_error("reason", _("Please choose why the note changes."))
    except TransitionRefused:
        messages.info(request, _("This note is signed already."))
        return redirect("notes:note", note.pk)
    else:
        messages.success(request, _("Signed. The words are fixed from now on."))
        return redirect("notes:note", note.pk)
    return _page(request, form, status=422)


@require_POST
@typing_page(Kind.COUNSELOR, back=_write_url)
def keep(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    """Every few seconds, from the page itself."""
    note = access.own_note(counselor_only(request.user), note_id)
    form = _form(note, request.POST)
    form.is_valid()
    kept = _keep(note, form)
    context = {"kept": kept, "note": note, "now": timezone.now()}
    return render(request, "accounts/care/notes/_kept.html", context)


@require_POST
@typing_page(Kind.COUNSELOR, is_hint=True)
def hints(request: SignedInRequest) -> HttpResponse:
    """What there is to say about one text as it stands; nothing of it is stored."""
    counselor_only(request.user)
    text = request.POST.get(request.POST.get("field", ""), "")
    context = {"hints": showing.hints_shown(text)}
    return render(request, "accounts/care/notes/_hints.html", context)


@require_POST
@care_page(Kind.COUNSELOR)
def change(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    note = access.own_note(counselor_only(request.user), note_id)
    # Begun in another window: it goes on there.
    with suppress(TransitionRefused):
        notes.change(note=note)
    return redirect("notes:write", note.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def discard(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    note = access.own_note(counselor_only(request.user), note_id)
    if note.state == NoteState.SIGNED:
        return redirect("notes:note", note.pk)
    if request.method != "POST":
        context = {"note": note}
        return render(request, "accounts/care/notes/discard.html", context)
    is_gone = notes.discard(note=note)
    if is_gone:
        messages.success(request, _("Thrown away."))
        return redirect("notes:desk")
    messages.success(request, _("The change is thrown away. The signed note stays."))
    return redirect("notes:note", note.pk)


@require_POST
@care_page(Kind.COUNSELOR)
def use_kept(request: SignedInRequest, note_id: UUID, kept_id: UUID) -> HttpResponse:
    note = access.own_note(counselor_only(request.user), note_id)
    notes.take_kept(note=note, kept=access.kept_text(note, kept_id))
    messages.success(request, _("The other text is in the note now."))
    return redirect("notes:write", note.pk)


@require_POST
@care_page(Kind.COUNSELOR)
def drop_kept(request: SignedInRequest, note_id: UUID, kept_id: UUID) -> HttpResponse:
    note = access.own_note(counselor_only(request.user), note_id)
    notes.drop_kept(kept=access.kept_text(note, kept_id))
    messages.success(request, _("Thrown away."))
    page = "notes:note" if note.state == NoteState.SIGNED else "notes:write"
    return redirect(page, note.pk)
