from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from jobs.postings.models import Posting
from jobs.talent import access
from jobs.talent.criteria import library_questions, questions
from jobs.talent.forms import CriteriaForm
from jobs.talent.rules.criteria import codes_of, default_library, own_of
from jobs.talent.services import cards as services
from jobs.talent.services.notes import WordsRefused


@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What applications to a posting are judged by; administrators choose."""
    if request.method != "POST":
        posting = access.posting_to_judge(request.user, public_id)
        return _page(request, posting, _form(posting))
    posting = access.posting_to_set_criteria(request.user, public_id)
    form = _form(posting, request.POST)
    if form.is_valid():
        try:
            services.set_criteria(
                posting=posting,
                actor=request.user,
                codes=form.cleaned_data["codes"],
                own=form.own(),
            )
        except WordsRefused as refused:
            form.refuse("", refused.found)
        else:
            messages.success(
                request, _("Saved. Cards that were filled before stay as they are.")
            )
            return redirect("talent:criteria", public_id)
    note_debtor_data(
        organization=posting.organization,
        actor=request.user,
        hits=form.debtor_hits(),
    )
    return _page(request, posting, form)


def _form(posting: Posting, data: Any = None) -> CriteriaForm:
    """The work's usual ones first, for they are what most choose."""
    rows = services.current_rows(posting)
    usual = default_library().usual_for(posting.occupation)
    library = sorted(library_questions(), key=lambda q: q.code not in usual)
    return CriteriaForm(
        data,
        library=library,
        own=own_of(rows),
        initial={"codes": list(codes_of(rows))},
    )


def _page(
    request: SignedInRequest, posting: Posting, form: CriteriaForm
) -> HttpResponse:
    context = {
        "posting": posting,
        "form": form,
        "asked": questions(services.current_rows(posting)),
        "is_admin": access.is_admin(request.user),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/talent/criteria.html", context, status=status)
