"""The last page: what is missing, what the rules say, how it looks, and sending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from jobs.editor.access import posting_to_write
from jobs.editor.compare import changes_between
from jobs.editor.progress import TITLES, Progress
from jobs.editor.rules.steps import LOOK
from jobs.editor.services import saving, sending
from jobs.editor.services.errors import Clash, NothingToSend, NotReady
from jobs.editor.working import Working, working_copy
from jobs.postings import services as postings
from jobs.postings.access import employer_only, posting_of
from jobs.postings.enums import PostingState
from jobs.postings.facts import sections_of
from jobs.postings.rules.workflow import EDITABLE_STATES
from jobs.postings.views import read_version, sentence_for
from jobs.screening.services import submission
from jobs.screening.shown import shown_of, signs_in

WIDTHS = ("phone", "wide")


def look_context(work: Working, progress: Progress) -> dict[str, object]:
    organization = work.stored.organization
    return {
        "sections": sections_of(work.posting),
        **shown_of(work.posting, signs=signs_in(progress.examination)),
        "shown": work.posting,
        "examination": progress.examination,
        "changes": changes_between(work.stored, work.posting) if work.is_live else [],
        "unsaved": [TITLES[key] for key in work.unsaved_steps if key != LOOK],
        "is_verified": organization is not None
        and organization.is_verified(now=timezone.now()),
        "has_promised": organization is not None and organization.has_promised,
        "without_example": work.posting.example_month is None,
    }


@require_POST
def send(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    employer_only(request.user)
    posting = posting_to_write(request.user, public_id, LOOK)
    work = working_copy(request.user, posting)
    try:
        state = _sent(request, work)
    except Clash as error:
        messages.error(
            request, _("A colleague changed the same meanwhile. Please look at both.")
        )
        return redirect("editor:step", public_id, error.step)
    except (
        NotReady,
        NothingToSend,
        submission.PostingBlocked,
        postings.PostingError,
    ) as error:
        messages.error(request, _refusal(error))
        return redirect("editor:step", public_id, LOOK)
    messages.success(request, _told(state))
    return redirect("postings:posting", public_id)


def _sent(request: SignedInRequest, work: Working) -> str:
    """The state it is in now; raises NotReady where the rules say no."""
    change: dict[str, Any] = {
        "posting": work.stored,
        "actor": request.user,
        "version": read_version(request),
    }
    if work.is_live:
        return saving.send_change(**change).state
    sent = sending.send_in(**change)
    if sent.is_blocked:
        raise NotReady(work.stored.title)
    return sent.posting.state


def _refusal(error: Exception) -> str:
    if isinstance(error, NothingToSend):
        return _("There is no change to send.")
    if isinstance(error, postings.PostingError):
        return sentence_for(error)
    return _("Not sent in: something has to change first.")


def _told(state: str) -> str:
    if state == PostingState.IN_REVIEW:
        return _("Sent in. A person reads it, usually within one working day.")
    return _("Saved.")


@require_safe
def preview(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The page as a seeker meets it, on a phone or wide, drawn by the same templates."""
    employer_only(request.user)
    posting = posting_of(request.user, public_id)
    work = working_copy(request.user, posting)
    width = request.GET.get("width", "")
    examination = submission.examine(work.posting)
    context = {
        "posting": posting,
        "sections": sections_of(work.posting),
        **shown_of(work.posting, signs=signs_in(examination)),
        "shown": work.posting,
        "width": width if width in WIDTHS else WIDTHS[0],
        "can_edit": posting.state in EDITABLE_STATES,
    }
    return render(request, "jobs/editor/preview.html", context)
