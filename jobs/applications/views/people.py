"""The employer's list of people who suit a posting, and the invitation to apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.dates import moment_text
from jobs.applications.access import (
    invitations_of,
    invited_applications,
    not_to_show,
)
from jobs.applications.enums import InviteRefusal
from jobs.applications.models import Invitation
from jobs.applications.rules.contact import delivery_at, in_hours
from jobs.applications.rules.invitations import WAITING, as_employer_sees
from jobs.applications.services.invitations import InviteRefused, invite as send
from jobs.applications.services.showing import note_listed, note_shown
from jobs.matching.access.candidates import (
    Candidate,
    candidate_for,
    candidates_for,
    may_look,
    posting_to_fill,
)
from jobs.matching.candidates import CandidateCard, candidate_card
from jobs.postings.models import Posting

REFUSALS: dict[InviteRefusal, Promise] = {
    InviteRefusal.NOT_OPEN: gettext_lazy("The posting is not open right now."),
    InviteRefusal.GONE: gettext_lazy("This person is not on the list any more."),
    InviteRefusal.DAY_FULL: gettext_lazy(
        "Your organisation has sent ten invitations for that day. "
        "You can go on the day after."
    ),
    InviteRefusal.POSTING_FULL: gettext_lazy(
        "Twenty invitations to this posting wait for an answer. "
        "Please wait for some of them first."
    ),
    InviteRefusal.WAITS: gettext_lazy(
        "Your organisation has invited this person already within 14 days. "
        "Please give them time."
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`waits` is None for who was not invited; else whether the fortnight still runs."""

    card: CandidateCard
    invited_at: datetime | None = None
    waits: bool | None = None


@require_safe
def people(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who suits the posting. Those shown can read that they were."""
    posting = posting_to_fill(request.user, public_id)
    now = timezone.now()
    found = candidates_for(posting, without=not_to_show(posting), now=now)
    if request.method == "GET":
        note_shown(posting=posting, actor=request.user, candidates=found, now=now)
    applied = list(invited_applications(posting))
    note_listed(applications=applied, actor=request.user)
    context = {
        "posting": posting,
        "may_look": may_look(posting, now=now),
        "is_checked": posting.organization is not None
        and posting.organization.is_verified(now=now),
        "rows": _rows(posting, found, now),
        "applied": applied,
    }
    return render(request, "jobs/applications/people.html", context)


@require_safe
def person(request: SignedInRequest, public_id: UUID, reference: UUID) -> HttpResponse:
    """One of them: what they can do, and why they fit."""
    posting = posting_to_fill(request.user, public_id)
    candidate = _candidate(posting, reference)
    if request.method == "GET":
        note_shown(posting=posting, actor=request.user, candidates=[candidate])
    row = _rows(posting, [candidate], timezone.now())[0]
    context = {"posting": posting, "row": row, "card": row.card}
    return render(request, "jobs/applications/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, public_id: UUID, reference: UUID) -> HttpResponse:
    """GET shows what the person will read, POST sends it."""
    posting = posting_to_fill(request.user, public_id)
    if request.method != "POST":
        candidate = _candidate(posting, reference)
        now = timezone.now()
        row = _rows(posting, [candidate], now)[0]
        if row.invited_at is not None:
            # Nothing to decide any more: that page says since when.
            return redirect("applications:person", public_id, reference)
        if request.method == "GET":
            note_shown(posting=posting, actor=request.user, candidates=[candidate])
        card = row.card
        later = "" if in_hours(now) else moment_text(delivery_at(now))
        context = {"posting": posting, "card": card, "later": later}
        return render(request, "jobs/applications/invite.html", context)
    try:
        _invitation, created = send(
            posting=posting, actor=request.user, reference=reference
        )
    except InviteRefused as refused:
        if refused.reason == InviteRefusal.GONE:
            raise Http404 from refused
        messages.error(request, str(REFUSALS[refused.reason]))
    else:
        if created:
            messages.success(
                request, _("Invited. They have 14 days to think about it.")
            )
        else:
            messages.info(request, _("This person was invited already."))
    return redirect("applications:people", public_id)


def _candidate(posting: Posting, reference: UUID) -> Candidate:
    return candidate_for(posting, reference, without=not_to_show(posting))


def _rows(posting: Posting, found: list[Candidate], now: datetime) -> list[Row]:
    """A no, a reading and a silence look the same here; only an application shows."""
    invited: dict[int, Invitation] = {
        row.seeker_id: row for row in invitations_of(posting)
    }
    rows = []
    for candidate in found:
        row = invited.get(candidate.profile.pk)
        card = candidate_card(candidate)
        if row is None:
            rows.append(Row(card))
            continue
        seen = as_employer_sees(row.state, row.expires_at, now=now)
        rows.append(Row(card, row.sent_at, seen == WAITING))
    return rows
