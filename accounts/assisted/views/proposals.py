"""Changes to a profile: suggested by the counselor, taken or left by the person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.assisted import access
from accounts.assisted.forms import AnswerForms, ProposalForm
from accounts.assisted.presentation import changes_of
from accounts.assisted.services import proposals as services
from accounts.identity.http import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person's own answers to begin with; only what is changed is suggested."""
    grant = access.grant_to(request.user, public_id)
    answers = AnswerForms(
        request.POST if request.method == "POST" else None, grant.seeker
    )
    why_not = ""
    if request.method == "POST" and answers.is_valid():
        try:
            services.suggest(grant=grant, actor=request.user, answers=answers.flat())
        except services.ProposalRefused as refused:
            why_not = _why_not(refused)
        else:
            messages.success(
                request, _("Suggested. Nothing changes before the person says yes.")
            )
            return redirect("assisted:person", public_id)
    context = {
        "grant": grant,
        "answers": answers,
        "why_not": why_not,
        "waiting": access.waiting_proposal(grant),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/assisted/suggest.html", context, status=status)


def _why_not(refused: services.ProposalRefused) -> str:
    if isinstance(refused, services.OneWaits):
        return _("What you suggested before still waits for an answer.")
    if isinstance(refused, services.NothingChanged):
        return _("All of this stands in the profile already.")
    return _("This person does not let you read any more.")


@require_POST
def take_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    grant = access.grant_to(request.user, public_id)
    waiting = access.waiting_proposal(grant)
    if waiting is not None:
        services.take_back(proposal=waiting, actor=request.user)
        messages.success(request, _("Taken back. The person is asked nothing."))
    return redirect("assisted:person", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Each change by itself, unticked; nothing is taken that was not ticked here."""
    row = access.proposal_by(request.user, public_id)
    changes = changes_of(row)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        names=[change.name for change in changes],
    )
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.answer(
                proposal=row, actor=request.user, accepted=form.cleaned_data["accept"]
            )
        except services.ProposalOver:
            messages.info(request, _("This is over. Nothing was changed."))
        else:
            messages.success(request, _said(len(taken)))
        return redirect("assisted:helpers")
    context = {"proposal": row, "changes": changes, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/assisted/proposal.html", context, status=status)


def _said(number: int) -> str:
    if not number:
        return _("Left as it was. The counselor is not told why.")
    return ngettext(
        "%(n)s change is in your profile now.",
        "%(n)s changes are in your profile now.",
        number,
    ) % {"n": number}
