"""A seeker's own list of jobs put aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.keyset import newest_first
from jobs.applications import access
from jobs.applications.models import SavedPosting
from jobs.applications.services.saved import TooManySaved, save_posting, unsave_posting
from jobs.postings.cards import Card, Mark, posting_card
from jobs.postings.enums import PostingState
from jobs.postings.registry import note_seen
from jobs.screening.access import is_held_back
from jobs.search.registry import marks_for

PAGE_SIZE = 20
# Their words are not checked, or broke the rules.
HIDDEN_STATES = frozenset(
    {PostingState.IN_REVIEW, PostingState.CHANGES_REQUESTED, PostingState.REMOVED}
)


@require_safe
def saved(request: SignedInRequest) -> HttpResponse:
    rows = access.saved_of(request.user)
    page = newest_first(rows, request, by="saved_at", size=PAGE_SIZE)
    marks = marks_for(request.user, [row.posting_id for row in page.rows])
    found = [_shown(row, marks.get(row.posting_id, ())) for row in page.rows]
    context = {"page": page, "saved": found}
    return render(request, "jobs/applications/saved.html", context)


@require_POST
def save(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    posting = access.posting_to_save(request.user, public_id)
    is_new = not access.is_saved(request.user, posting)
    try:
        save_posting(user=request.user, posting=posting)
    except TooManySaved:
        text = _("Your list is full. Take a job off it, then save this one.")
        messages.error(request, text)
        return _back(request, is_refused=True)
    if is_new:
        note_seen("saved", "direct", [posting.pk], request.user)
    return _button(request, public_id, is_saved=True)


@require_POST
def unsave(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    posting = access.posting_saved(request.user, public_id)
    unsave_posting(user=request.user, posting=posting)
    return _button(request, public_id, is_saved=False)


def _button(
    request: SignedInRequest, public_id: UUID, *, is_saved: bool
) -> HttpResponse:
    """The button as it now is; without htmx the page it was pressed on."""
    if not request.htmx:
        return _back(request)
    context = {"public_id": public_id, "is_saved": is_saved, "next": _next(request)}
    return render(request, "jobs/applications/_save.html", context)


def _back(request: SignedInRequest, *, is_refused: bool = False) -> HttpResponse:
    if is_refused and request.htmx:
        # The whole page, so that what was refused is read.
        return HttpResponse(headers={"HX-Redirect": reverse("applications:saved")})
    return redirect(_next(request))


def _next(request: SignedInRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else reverse("applications:saved")


@dataclass(frozen=True, slots=True)
class Shown:
    """`card` is None where the posting's words may not be shown now."""

    public_id: UUID
    card: Card | None


def _shown(row: SavedPosting, marks: Sequence[Mark]) -> Shown:
    posting = row.posting
    is_hidden = posting.state in HIDDEN_STATES or (
        posting.state == PostingState.PAUSED and is_held_back(posting)
    )
    return Shown(posting.public_id, None if is_hidden else _card(row, marks))


def _card(row: SavedPosting, marks: Sequence[Mark]) -> Card:
    card = posting_card(row.posting)
    card.take_marks(marks)
    if not row.posting.is_open():
        card.badges = [
            Mark(_("Not open any more"), "caution", "circle-x"),
            *card.badges,
        ]
    return card
