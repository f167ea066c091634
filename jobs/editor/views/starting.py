from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from jobs.editor.access import recent_postings
from jobs.editor.forms import BeginForm
from jobs.editor.role_templates import RoleTemplate, role_template, role_templates
from jobs.editor.rules.steps import WORK
from jobs.editor.services import starting
from jobs.postings import access, services as postings
from jobs.postings.facts import sections_of
from jobs.postings.history import state_mark
from jobs.postings.models import Posting
from jobs.postings.views import sentence_for

TO_COPY = 8


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """Ways to begin: empty, from a template, as a copy of one of ours."""
    access.employer_only(request.user)
    organization = access.organization_of(request.user)
    if organization is None:
        messages.info(request, _("First tell us about your organisation."))
        return redirect("employers:overview")
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        posting = starting.begin_empty(
            organization=organization,
            actor=request.user,
            title=form.cleaned_data["title"],
        )
        return redirect("editor:step", posting.public_id, WORK)
    note_debtor_data(
        organization=organization, actor=request.user, hits=form.debtor_hits()
    )
    context = {
        "form": form,
        "groups": _groups(),
        "own": [
            (row, state_mark(row))
            for row in recent_postings(request.user, limit=TO_COPY)
        ],
    }
    return render(request, "jobs/editor/start.html", context)


def _groups() -> list[tuple[str, list[RoleTemplate]]]:
    """By kind of work, in the order in which occupations are offered."""
    language = get_language() or ""
    groups: dict[str, list[RoleTemplate]] = {}
    for template in role_templates().values():
        name = template.occupation.group.name(language)
        groups.setdefault(name, []).append(template)
    return list(groups.items())


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: SignedInRequest, code: str) -> HttpResponse:
    """What stands in a template; by POST a draft begins with it."""
    access.employer_only(request.user)
    organization = access.organization_of(request.user)
    found = role_template(code)
    if found is None:
        raise Http404
    if organization is None:
        messages.info(request, _("First tell us about your organisation."))
        return redirect("employers:overview")
    language = get_language() or ""
    if request.method == "POST":
        posting = starting.begin_from_template(
            organization=organization,
            actor=request.user,
            template=found,
            language=language,
        )
        messages.success(
            request,
            _("A draft with this text is yours now. Fill in what is marked 【】."),
        )
        return redirect("editor:step", posting.public_id, WORK)
    shown = Posting(organization=organization, **found.fields(language))
    wanted = {"work", "needed", "hours", "conduct", "contract"}
    sections = [one for one in sections_of(shown) if one.key in wanted]
    context = {"template": found, "shown": shown, "sections": sections}
    return render(request, "jobs/editor/template.html", context)


@require_POST
def duplicate(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    access.employer_only(request.user)
    posting = access.posting_of(request.user, public_id)
    try:
        made = starting.duplicate_posting(posting=posting, actor=request.user)
    except postings.PostingError as error:
        messages.error(request, sentence_for(error))
        return redirect("postings:posting", public_id)
    messages.success(
        request, _("This is a copy, and a draft. The first posting stays as it is.")
    )
    return redirect("editor:step", made.public_id, WORK)
