"""Reading notes, their versions, and what a counselor's own desk shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.care.notes import access, showing
from accounts.care.notes.enums import NoteState
from accounts.care.notes.forms import QuestionForm
from accounts.care.notes.http import typed, typing_page
from accounts.care.notes.models import SessionNote
from accounts.care.notes.services import notes, reviews
from accounts.care.notes.services.sealing import (
    fields_of,
    is_untouched,
    question_of,
    remark_of,
)
from accounts.care.vault.access import counselor_only, has_role
from accounts.care.vault.enums import Role
from accounts.care.vault.http import care_page
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

LATEST = 20


@require_safe
@care_page(Kind.COUNSELOR)
def desk(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    feedback = list(access.feedback_for(counselor)[:LATEST])
    context = {
        "unsigned": list(access.unsigned_of(counselor)),
        "asked": list(access.asked_of(counselor)),
        "signed": list(access.signed_of(counselor)[:LATEST]),
        "feedback": [(one, remark_of(one)) for one in feedback],
        "is_supervisor": has_role(counselor, Role.SUPERVISOR),
    }
    response = render(request, "accounts/care/notes/desk.html", context)
    reviews.mark_seen(counselor=counselor)
    return response


@require_safe
@care_page(Kind.COUNSELOR)
def note(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.note_to_read(counselor, note_id)
    if found.state == NoteState.DRAFT:
        return redirect("notes:write", found.pk)
    _log(request, found, counselor, "note.read")
    is_own = found.author_id == counselor.pk
    review = access.open_review_of(found) if is_own else None
    context = _last(found) | {
        "is_own": is_own,
        "is_on_my_case": found.case.counselor_id == counselor.pk,
        "besides": showing.besides(list(access.kept_of(found)), found)
        if is_own
        else [],
        "review": review,
        "question": question_of(review) if review else "",
    }
    return render(request, "accounts/care/notes/note.html", context)


@require_safe
@care_page(Kind.COUNSELOR)
def versions(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.note_to_read(counselor, note_id)
    if found.state == NoteState.DRAFT:
        return redirect("notes:write", found.pk)
    _log(request, found, counselor, "note.read")
    steps = showing.steps_of(list(access.versions_of(found)))
    context = {"note": found, "steps": steps}
    return render(request, "accounts/care/notes/versions.html", context)


@require_safe
@care_page(Kind.COUNSELOR)
def print_note(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.note_to_read(counselor, note_id)
    if found.state == NoteState.DRAFT:
        return redirect("notes:write", found.pk)
    _log(request, found, counselor, "note.printed")
    return render(request, "accounts/care/notes/print.html", _last(found))


@require_http_methods(["GET", "HEAD", "POST"])
@typing_page(Kind.COUNSELOR)
def put_forward(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    found = access.own_note(counselor_only(request.user), note_id)
    if not found.version:
        return redirect("notes:write", found.pk)
    form = QuestionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reviews.put_forward(note=found, question=form.cleaned_data["question"])
        messages.success(
            request, _("Put forward. You see here what the lead counselor says.")
        )
        return redirect("notes:note", found.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "note": found}
    return render(
        request, "accounts/care/notes/put_forward.html", context, status=status
    )


def _log(
    request: SignedInRequest,
    found: SessionNote,
    counselor: CounselorProfile,
    action: str,
) -> None:
    if request.method == "GET":
        notes.look(note=found, counselor=counselor, action=action)


def _last(found: SessionNote) -> dict[str, Any]:
    version = access.versions_of(found).get(number=found.version)
    fields = fields_of(version)
    return {
        "note": found,
        "version": version,
        "lines": showing.lines_of(fields, version.format),
        "is_untouched": is_untouched(version, fields),
    }
