"""The seeker's side of an invitation: read it, apply, let it pass, or hide."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.employers.access import response_record
from accounts.employers.answering import answers_text
from accounts.identity.http import SignedInRequest
from jobs.applications import access
from jobs.applications.enums import OPEN_INVITATIONS
from jobs.applications.forms import PassForm
from jobs.applications.models import Invitation
from jobs.applications.panels import Place, panels_on
from jobs.applications.services import invitations
from jobs.matching.access.matches import match_for, seeker_of
from jobs.matching.rules.explain import explain
from jobs.matching.texts import caution_text, reason_text
from jobs.postings.cards import posting_card


@require_safe
def invited(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Opening it is reading it; the employer is not told."""
    invitation = access.invitation_to(request.user, public_id, now=timezone.now())
    if request.method == "GET":
        invitation = invitations.see_invitation(
            invitation=invitation, actor=request.user
        )
    posting = invitation.posting
    is_open = (
        invitation.state in OPEN_INVITATIONS
        and invitation.expires_at > timezone.now()
        and posting.is_open()
    )
    reasons, cautions = _why(invitation) if posting.is_open() else ([], [])
    context = {
        "invitation": invitation,
        "posting": posting,
        "organization": invitation.organization,
        "answers_text": answers_text(response_record(invitation.organization)),
        "card": posting_card(posting, reasons=reasons, cautions=cautions),
        "is_open": is_open,
        "form": PassForm(),
        "panels": panels_on(Place.INVITED, request.user, invitation),
    }
    return render(request, "jobs/applications/invited.html", context)


@require_POST
def decline(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    invitation = access.invitation_to(request.user, public_id, now=timezone.now())
    form = PassForm(request.POST)
    # A reason nobody knows is none: the no counts all the same.
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    invitations.decline_invitation(
        invitation=invitation, actor=request.user, reason=reason
    )
    messages.success(
        request, _("Fine. The employer is not told: to them it looks like no answer.")
    )
    return redirect("applications:mine")


@require_POST
def never_again(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    invitation = access.invitation_to(request.user, public_id, now=timezone.now())
    invitations.never_again(invitation=invitation, actor=request.user)
    messages.success(
        request, _("Done. This company does not find you any more, and is not told.")
    )
    return redirect("applications:mine")


def _why(invitation: Invitation) -> tuple[list[str], list[str]]:
    """The seeker's own reasons, as on their list of jobs."""
    _posting, match = match_for(invitation.seeker, invitation.posting.public_id)
    told = explain(seeker_of(invitation.seeker), match)
    return (
        [reason_text(note) for note in told.reasons],
        [caution_text(note) for note in told.cautions],
    )
