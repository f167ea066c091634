"""A JSON Resume from elsewhere: first what would be taken in, then, with a yes, that."""

from __future__ import annotations

from base64 import b64encode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from accounts.identity.http import SignedInRequest
from jobs.resumes.access import resume_or_none
from jobs.resumes.enums import Variant
from jobs.resumes.forms import ImportForm
from jobs.resumes.imports import PROBLEMS, Group, groups_in, speech_names
from jobs.resumes.models import Resume
from jobs.resumes.rules.json_resume import NotAResume, read_json_resume
from jobs.resumes.services.errors import ResumeError
from jobs.resumes.services.importing import take_in


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: SignedInRequest) -> HttpResponse:
    resume = resume_or_none(request.user)
    if resume is None:
        return redirect("resumes:mine")
    if request.method != "POST":
        return render(request, "jobs/resumes/import.html", {"form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, form)
    data = form.data_sent()
    try:
        found = read_json_resume(data, speech_names=speech_names())
    except NotAResume as error:
        field = "file" if form.cleaned_data["file"] else "text"
        form.add_error(field, str(PROBLEMS[error.code]))
        return _again(request, form)
    groups = groups_in(found, resume)
    variant = form.cleaned_data["variant"]
    told = ""
    if "take" in request.POST:
        told = _take(request, resume, groups, variant)
        if not told:
            address = f"{reverse('resumes:mine')}?variant={variant}"
            return redirect(address)
    context = {
        "groups": groups,
        "kept": b64encode(data).decode(),
        "found": found,
        "variant": Variant(variant),
        "error": told,
        "ticked": _ticked(request, groups),
    }
    status = 422 if told else 200
    return render(request, "jobs/resumes/import_preview.html", context, status=status)


def _take(
    request: SignedInRequest, resume: Resume, groups: list[Group], variant: str
) -> str:
    """Takes in what is ticked; why not, where it could not."""
    try:
        count = take_in(
            resume=resume,
            actor=request.user,
            variant=variant,
            groups=groups,
            keys=request.POST.getlist("item"),
        )
    except ResumeError:
        return _(
            "That is more than fits. Please untick some; nothing was taken in yet."
        )
    if not count:
        return _("Nothing is ticked.")
    text = ngettext("%(n)s thing taken in.", "%(n)s things taken in.", count)
    messages.success(request, text % {"n": count})
    return ""


def _ticked(request: SignedInRequest, groups: list[Group]) -> set[str]:
    """As it was sent; at first, what changes nothing that is there."""
    if "take" in request.POST:
        return set(request.POST.getlist("item"))
    return {
        candidate.key
        for group in groups
        for candidate in group.candidates
        if candidate.is_wanted and not candidate.problem
    }


def _again(request: SignedInRequest, form: ImportForm) -> HttpResponse:
    return render(request, "jobs/resumes/import.html", {"form": form}, status=422)
