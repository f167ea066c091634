from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from accounts.seekers.access import profile_for
from accounts.seekers.enums import BlockReason
from accounts.seekers.services import HiddenFrom, hide_from
from jobs.matching.access.feedback import feedback_of, feedback_on, posting_to_judge
from jobs.matching.enums import FeedbackReason
from jobs.matching.forms import FeedbackForm
from jobs.matching.models import MatchFeedback
from jobs.matching.pages.feedback import follow_up
from jobs.matching.pages.lists import suggestion_of
from jobs.matching.services.feedback import clear_feedback, give_feedback, take_back
from jobs.postings.models import Posting


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """ "Not for me, because …": asked, saved, and told what it changes."""
    profile = profile_for(request.user)
    posting = posting_to_judge(profile, public_id)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        row = feedback_on(profile, posting)
        status = 422 if form.is_bound else 200
        context = _said(posting, row) | {"form": form}
        return render(request, "jobs/matching/feedback.html", context, status=status)
    row = give_feedback(
        profile=profile,
        actor=request.user,
        posting=posting,
        reason=FeedbackReason(form.cleaned_data["reason"]),
    )
    if request.htmx:
        return render(request, "jobs/matching/_gone.html", _said(posting, row))
    return redirect("matching:feedback", posting.public_id)


@require_POST
def undo(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    profile = profile_for(request.user)
    posting = posting_to_judge(profile, public_id)
    take_back(profile=profile, actor=request.user, posting=posting)
    if request.htmx and (item := suggestion_of(profile, posting)):
        context = {"item": item, "reasons": FeedbackReason.choices}
        return render(request, "jobs/matching/_match.html", context)
    messages.success(request, _("Taken back. This job may come up again."))
    return redirect("matching:said" if "said" in request.POST else "matching:list")


@require_POST
def hide_employer(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    profile = profile_for(request.user)
    posting = posting_to_judge(profile, public_id)
    hide_from(profile=profile, actor=request.user, employer=_employer_of(posting))
    messages.success(
        request,
        _("Hidden. You do not see their jobs any more, and they never see you."),
    )
    return redirect("matching:list")


@require_safe
def said(request: SignedInRequest) -> HttpResponse:
    """Everything this seeker said no to, each with a way back."""
    rows = feedback_of(profile_for(request.user))
    context = {"rows": [(row, follow_up(row).effect) for row in rows]}
    return render(request, "jobs/matching/said.html", context)


@require_POST
def clear(request: SignedInRequest) -> HttpResponse:
    number = clear_feedback(profile=profile_for(request.user), actor=request.user)
    text = ngettext(
        "Taken back: %(number)s job may come up again.",
        "Taken back: %(number)s jobs may come up again.",
        number,
    )
    messages.success(request, text % {"number": number})
    return redirect("matching:said")


def _said(posting: Posting, row: MatchFeedback | None) -> dict[str, object]:
    return {
        "posting": posting,
        "row": row,
        "then": follow_up(row) if row else None,
        "reasons": FeedbackReason.choices,
    }


def _employer_of(posting: Posting) -> HiddenFrom:
    organization = posting.organization
    if organization and organization.uscc:
        return HiddenFrom(uscc=organization.uscc, reason=BlockReason.CHOSEN)
    return HiddenFrom(name=posting.employer_name[:80], reason=BlockReason.CHOSEN)
