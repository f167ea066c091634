"""What an employer does about a pause for silence: answer, and say so."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.employers.access import admin_organization_for, membership_for
from accounts.employers.enums import MemberRole
from accounts.identity.http import SignedInRequest
from jobs.applications import access
from jobs.applications.rules.covenant import may_confirm
from jobs.applications.services import covenant
from jobs.applications.services.showing import note_listed
from jobs.screening.cases import sanction_mark
from jobs.screening.enums import SanctionState
from jobs.screening.models.sanctions import Sanction

SHOWN = 50
SENTENCES: dict[type[covenant.CovenantError], Promise] = {
    covenant.MeasureOver: gettext_lazy("This pause is already over."),
    covenant.StillWaiting: gettext_lazy(
        "Somebody still waits for an answer. Please answer them first."
    ),
    covenant.WholeFirst: gettext_lazy(
        "All your postings are paused. That pause has to end first."
    ),
    covenant.TooOften: gettext_lazy(
        "This posting has opened on your word twice in 60 days. Now only an objection "
        "opens it."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def paused(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who still waits, and the button once nobody does; for all postings it is the
    administrator's."""
    measure = access.covenant_pause_of(request.user, public_id)
    if request.method != "POST":
        return _page(request, measure)
    if measure.posting is None:
        admin_organization_for(request.user)
    try:
        covenant.confirm_answering(
            measure=measure, actor=request.user, now=timezone.now()
        )
    except covenant.CovenantError as error:
        messages.error(request, _sentence(error))
        return redirect("applications:paused", public_id)
    messages.success(request, _("Thank you. What was paused is open again."))
    return redirect("postings:mine")


def _sentence(error: covenant.CovenantError) -> str:
    return str(SENTENCES.get(type(error), _("That did not work. Please look again.")))


def _page(request: SignedInRequest, measure: Sanction) -> HttpResponse:
    waiting = access.waiting_under(measure)
    rows = list(waiting[: SHOWN + 1])
    note_listed(applications=rows[:SHOWN], actor=request.user)
    context = {
        "measure": measure,
        "mark": sanction_mark(measure),
        "is_over": measure.state != SanctionState.IN_FORCE,
        "rows": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "obstacle": _obstacle(request, measure),
    }
    return render(request, "jobs/applications/paused.html", context)


def _obstacle(request: SignedInRequest, measure: Sanction) -> str:
    """Why the button would not do even when nobody waits; empty when it would."""
    membership = membership_for(request.user)
    if measure.posting is None:
        if membership.role == MemberRole.ADMIN:
            return ""
        return _("An administrator of your organisation can say this.")
    if covenant.all_paused(membership.organization).exists():
        return str(SENTENCES[covenant.WholeFirst])
    told = covenant.confirmations(measure.posting)
    if not may_confirm(told, now=timezone.now()):
        return str(SENTENCES[covenant.TooOften])
    return ""
