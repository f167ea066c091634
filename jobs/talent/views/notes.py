from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from jobs.applications.models import Application
from jobs.applications.services.showing import note_read
from jobs.talent import access
from jobs.talent.forms import NoteForm, TeamForm
from jobs.talent.presentation import team_data
from jobs.talent.rules.notes import may_edit
from jobs.talent.services import notes as services


@require_safe
def team(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Everything a team noted about one application, on a page of its own."""
    application = access.team_application(request.user, public_id)
    return _page(request, application)


@require_POST
def write(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.team_application(request.user, public_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            _note, unknown = services.write_note(
                application=application,
                actor=request.user,
                text=form.cleaned_data["text"],
            )
        except services.WordsRefused as refused:
            form.refuse("text", refused.found)
        except services.TooManyNotes:
            form.add_error("text", _("There are 200 notes already. Please tidy up."))
        else:
            tell_unknown(request, unknown)
            return back(application)
    return _page(request, application, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """For a quarter of an hour; later the words stay, and can only be deleted."""
    note = access.own_note(request.user, public_id)
    if not may_edit(is_own=True, written_at=note.written_at, now=timezone.now()):
        messages.error(
            request,
            _("A note can be changed for 15 minutes. You can still delete it."),
        )
        return back(note.application)
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, initial={"text": note.body})
    if form.is_valid():
        try:
            _note, unknown = services.edit_note(
                note=note, actor=request.user, text=form.cleaned_data["text"]
            )
        except services.WordsRefused as refused:
            form.refuse("text", refused.found)
        else:
            tell_unknown(request, unknown)
            return back(note.application)
    note_read(application=note.application, actor=request.user)
    note_hits(request, note.application, form)
    context = {"application": note.application, "note": note, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/talent/note.html", context, status=status)


@require_POST
def delete(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    note = access.deletable_note(request.user, public_id)
    services.delete_note(note=note, actor=request.user)
    messages.success(request, _("The note is gone."))
    return back(note.application)


def _page(
    request: SignedInRequest, application: Application, form: NoteForm | None = None
) -> HttpResponse:
    note_read(application=application, actor=request.user)
    if form is not None:
        note_hits(request, application, form)
    context = {
        "application": application,
        "panel": team_data(request.user, application, form),
    }
    status = 422 if form is not None else 200
    return render(request, "jobs/talent/team.html", context, status=status)


def note_hits(
    request: SignedInRequest, application: Application, form: TeamForm
) -> None:
    note_debtor_data(
        organization=application.organization,
        actor=request.user,
        hits=form.debtor_hits(),
    )


def tell_unknown(request: SignedInRequest, names: list[str]) -> None:
    if names:
        told = _(", ").join(names)
        messages.warning(
            request,
            _("Saved. No colleague is called %(names)s, so nobody was told.")
            % {"names": told},
        )
    else:
        messages.success(request, _("Saved."))


def back(application: Application) -> HttpResponseRedirect:
    """To the application's page, where the team's part begins."""
    page = reverse("applications:received", args=[application.public_id])
    return redirect(f"{page}#team")
