from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.identity.http import SignedInRequest
from accounts.seekers.access import profile_or_none
from accounts.seekers.models import SeekerProfile
from jobs.resumes.access import resume_or_none
from jobs.resumes.enums import Language
from jobs.resumes.forms import DetailsForm, GroupForm
from jobs.resumes.models import Resume
from jobs.resumes.rules.answers import LOANS, catalogue, known_language
from jobs.resumes.rules.translate import Said, line_for
from jobs.resumes.services import answers as services
from jobs.resumes.services.rebuilding import said_in


@require_http_methods(["GET", "HEAD", "POST"])
def did(request: SignedInRequest, group: str) -> HttpResponse:
    """One screen of ticks; saving it leads to the next."""
    profile = profile_or_none(request.user)
    if group not in catalogue().groups:
        raise Http404
    if profile is None:
        return redirect("seekers:start")
    resume = resume_or_none(request.user)
    form = GroupForm(
        group,
        request.POST if request.method == "POST" else None,
        initial={"ticks": _ticked(profile, resume, group)},
    )
    if form.is_valid():
        _save(request, profile, group, form.cleaned_data["ticks"])
        return redirect(_after(request, group))
    return render(
        request,
        "jobs/resumes/did.html",
        _screen(group, form, is_edit=_is_edit(request))
        | _lines(resume, group, set(form["ticks"].value() or [])),
        status=422 if form.is_bound else 200,
    )


@require_POST
def lines_preview(request: SignedInRequest, group: str) -> HttpResponse:
    """What the ticks on the screen would write; nothing is stored."""
    profile = profile_or_none(request.user)
    if profile is None or group not in catalogue().groups:
        raise Http404
    codes = set(request.POST.getlist("ticks"))
    lines = _lines(resume_or_none(request.user), group, codes)
    return render(request, "jobs/resumes/_did_lines.html", lines)


def _lines(resume: Resume | None, group: str, codes: set[str]) -> dict[str, Any]:
    """Each ticked answer's line, in the version it fits best."""
    language = resume.language if resume else known_language(get_language() or "")
    saved = {row.code: row for row in said_in(resume)} if resume else {}
    loans = LOANS in codes or (group != _loans_group() and LOANS in saved)
    return {
        "language": language,
        "lines": [
            line_for(
                answer,
                saved.get(answer.code, Said(answer.code)),
                answer.best,
                language,
                loans=loans,
            )
            for answer in catalogue().in_group(group)
            if answer.code in codes
        ],
    }


def _loans_group() -> str:
    """The screen that asks whether customers had loans."""
    return catalogue().answers[LOANS].group


def _ticked(profile: SeekerProfile, resume: Resume | None, group: str) -> list[str]:
    """What was saved; on a first visit, what the profile says already."""
    if resume and group in resume.done_groups:
        return list(resume.answers.values_list("code", flat=True))
    roles = set(profile.past_roles)
    return [
        answer.code
        for answer in catalogue().in_group(group)
        if answer.did in profile.did or answer.roles & roles
    ]


def _save(
    request: SignedInRequest, profile: SeekerProfile, group: str, codes: list[str]
) -> None:
    resume = services.begin_resume(
        profile=profile, actor=request.user, language=get_language() or ""
    )
    services.save_group(resume=resume, actor=request.user, group=group, codes=codes)


def _screen(group: str, form: GroupForm, *, is_edit: bool) -> dict[str, Any]:
    groups = list(catalogue().groups)
    at = groups.index(group)
    return {
        "title": catalogue().groups[group].text(get_language() or ""),
        "lines_url": reverse("resumes:did_lines", args=[group]),
        "form": form,
        "number": at + 1,
        "total": len(groups) + 1,
        "is_edit": is_edit,
        "back_url": reverse("resumes:did", args=[groups[at - 1]])
        if at
        else reverse("resumes:mine"),
    }


def _is_edit(request: SignedInRequest) -> bool:
    return request.GET.get("from") == "resume"


def _after(request: SignedInRequest, group: str) -> str:
    if "leave" in request.POST:
        messages.success(request, _("Saved. Come back whenever you like."))
        return reverse("resumes:mine")
    if _is_edit(request):
        return reverse("resumes:figures") + "?from=resume"
    groups = list(catalogue().groups)
    at = groups.index(group) + 1
    if at < len(groups):
        return reverse("resumes:did", args=[groups[at]])
    return reverse("resumes:figures")


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: SignedInRequest) -> HttpResponse:
    """Figures and names, only for what was ticked and can have one."""
    if profile_or_none(request.user) is None:
        return redirect("seekers:start")
    resume = resume_or_none(request.user)
    if resume is None:
        return redirect("resumes:mine")
    form = DetailsForm(resume, request.POST if request.method == "POST" else None)
    if not form.fields:
        return redirect("resumes:mine")
    if request.method == "POST" and form.is_valid():
        services.save_details(resume=resume, actor=request.user, details=form.details())
        messages.success(request, _("Saved. These are your lines."))
        return redirect("resumes:mine")
    groups = list(catalogue().groups)
    context = {
        "form": form,
        "number": len(groups) + 1,
        "is_edit": _is_edit(request),
        "back_url": reverse("resumes:mine")
        if _is_edit(request)
        else reverse("resumes:did", args=[groups[-1]]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/resumes/figures.html", context, status=status)


@require_POST
def language(request: SignedInRequest) -> HttpResponse:
    resume = resume_or_none(request.user)
    chosen = request.POST.get("language", "")
    if resume is None or chosen not in Language:
        raise Http404
    services.write_in(resume=resume, actor=request.user, language=chosen)
    return redirect("resumes:mine")
