"""An employer's record, and measures that no report led to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.identity.http import SignedInRequest
from jobs.postings import services as postings
from jobs.screening import access, cases
from jobs.screening.enums import SanctionState
from jobs.screening.forms import LiftForm, MeasureForm
from jobs.screening.services import errors
from jobs.screening.services.sanctions import impose_sanction, lift_sanction
from jobs.screening.views.moderation import sentence_for

REFUSALS = (errors.ScreeningError, postings.PostingError)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The whole record, with a form to warn, pause, suspend or shut out."""
    organization = access.organization_for_moderator(request.user, public_id)
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sanction = impose_sanction(
                organization=organization,
                kind=form.cleaned_data["outcome"],
                actor=request.user,
                basis=form.reasons(),
                note=form.cleaned_data["note"],
                until=form.cleaned_data["until"],
            )
        except REFUSALS as error:
            form.add_error(None, sentence_for(error))
        else:
            if sanction.state == SanctionState.PROPOSED:
                text = _("Hidden for now. A second person has to confirm.")
            else:
                text = _("Decided. The employer is told.")
            messages.success(request, text)
            return redirect("screening:employer", public_id)
    context = cases.record_context(organization) | {"form": form}
    return render(request, "jobs/screening/employer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One measure in full, with a form to end it early."""
    sanction = access.sanction_for(request.user, public_id)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lift_sanction(
                sanction=sanction,
                actor=request.user,
                reason=form.cleaned_data["reason"],
            )
        except REFUSALS as error:
            messages.error(request, sentence_for(error))
        else:
            messages.success(request, _("Ended. The employer is told."))
        return redirect("screening:measure", public_id)
    context = {
        "sanction": sanction,
        "mark": cases.sanction_mark(sanction),
        "reasons": cases.reasons_of(sanction),
        "words": cases.kept_words(sanction.evidence),
        "entries": cases.timeline(sanction.transitions.all()),
        "appeal": sanction.appeals.first(),
        "can_lift": sanction.state == SanctionState.IN_FORCE,
        "form": form,
    }
    return render(request, "jobs/screening/moderator_measure.html", context)
