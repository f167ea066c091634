from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from jobs.postings import services as postings
from jobs.postings.facts import sections_of
from jobs.postings.history import entries_of, state_mark
from jobs.postings.models import Posting
from jobs.screening import access, cases
from jobs.screening.adverts import TEXT_FIELDS
from jobs.screening.clock import waiting
from jobs.screening.enums import Verdict
from jobs.screening.explain import grouped, marked_fields
from jobs.screening.forms import DecisionForm
from jobs.screening.services import errors
from jobs.screening.services.review import decide_review
from jobs.screening.services.submission import PostingBlocked

PAGE_SIZE = 40
NEIGHBOURS_AMONG = 500
SENTENCES: dict[type[Exception], Promise] = {
    errors.ReviewTaken: gettext_lazy(
        "Somebody else decided, or the employer changed the text, while you were "
        "reading. Please look again."
    ),
    errors.OwnOrganization: gettext_lazy(
        "You belong to this organisation: somebody else has to decide."
    ),
    errors.ObjectionOpen: gettext_lazy(
        "The employer has objected. Answer the objection first: that ends the measure "
        "or keeps it."
    ),
    errors.OwnDecision: gettext_lazy(
        "You took part in this decision: somebody else has to look at it now."
    ),
    errors.MeasureMisfits: gettext_lazy(
        "This kind of measure does not fit here, or cannot have an end."
    ),
    postings.MeasureStands: gettext_lazy(
        "A measure keeps this employer's postings closed: end it first."
    ),
    errors.NoteMissing: gettext_lazy("Please tell the employer why."),
    PostingBlocked: gettext_lazy(
        "This breaks a rule that allows no exceptions, so it cannot be published."
    ),
    postings.NotVerified: gettext_lazy(
        "The employer's check is missing or has run out: this cannot be published."
    ),
    postings.LastDayPassed: gettext_lazy(
        "Its last day has passed. Ask the employer for a new one."
    ),
    postings.StepRefused: gettext_lazy("This is not possible in its current state."),
    errors.RunNotReady: gettext_lazy(
        "This reading still goes on, or somebody has already decided about it."
    ),
    errors.RunOutdated: gettext_lazy(
        "The rules have changed again since. A new reading is needed."
    ),
    errors.SampleTaken: gettext_lazy("Somebody else has read this sample already."),
}


@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    rows = access.review_queue(request.user)
    counts = access.queue_counts(request.user)
    skip = _number(request.GET.get("skip", ""))
    found = list(rows[skip : skip + PAGE_SIZE + 1])
    context = {
        "tab": "postings",
        "counts": counts,
        "rows": [(row, waiting(row)) for row in found[:PAGE_SIZE]],
        "total": counts["postings"],
        "next_skip": skip + PAGE_SIZE if len(found) > PAGE_SIZE else 0,
        "skip": skip,
        "previous_skip": max(0, skip - PAGE_SIZE),
    }
    return render(request, "jobs/screening/queue.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


@require_safe
def review(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    posting = access.reviewable_posting(request.user, public_id)
    return _review_page(request, posting)


@require_POST
def decide(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    posting = access.decidable_posting(request.user, public_id)
    if request.POST.get("version", str(posting.version)) != str(posting.version):
        # The choices offered then may not even exist now: no use looking at the form.
        messages.error(request, sentence_for(errors.ReviewTaken()))
        return _back(posting)
    hits = grouped(access.findings_of(posting))
    form = DecisionForm(request.POST, posting=posting, hits=hits)
    if not form.is_valid():
        return _review_page(request, posting, form=form)
    try:
        decide_review(
            posting=posting,
            reviewer=request.user,
            verdict=Verdict(form.cleaned_data["verdict"]),
            version=form.cleaned_data["version"],
            rules=form.reasons(),
            note=form.cleaned_data["note"],
        )
    except (errors.ScreeningError, postings.PostingError) as error:
        messages.error(request, sentence_for(error))
        return _back(posting)
    messages.success(request, _("Decided. The employer is told."))
    return redirect("screening:queue")


def sentence_for(error: Exception) -> str:
    for kind, sentence in SENTENCES.items():
        if isinstance(error, kind):
            return str(sentence)
    return _("That did not work. Please look again.")


def _back(posting: Posting) -> HttpResponse:
    posting.refresh_from_db()
    if posting.state in access.REVIEWABLE_STATES:
        return redirect("screening:review", posting.public_id)
    return redirect("screening:queue")


def _review_page(
    request: SignedInRequest, posting: Posting, form: DecisionForm | None = None
) -> HttpResponse:
    findings = list(access.findings_of(posting))
    hits = grouped(findings)
    steps = posting.transitions.select_related("actor").order_by("at", "pk")
    context = {
        "posting": posting,
        "mark": state_mark(posting),
        "hits": hits,
        "texts": list(
            marked_fields(
                ((name, getattr(posting, name)) for name in TEXT_FIELDS), findings
            )
        ),
        "sections": [s for s in sections_of(posting) if s.facts],
        "entries": entries_of(steps),
        "clock": waiting(posting),
        "form": form or DecisionForm(posting=posting, hits=hits),
        "proposal": access.proposed_removal(posting),
    }
    if posting.organization:
        context |= cases.record_context(posting.organization)
    waiting_ones = access.review_queue(request.user)
    context |= neighbours(waiting_ones, posting.public_id, "screening:review")
    return render(request, "jobs/screening/review.html", context)


def neighbours(rows: QuerySet[Any], shown: UUID, page: str) -> dict[str, str]:
    """Where a queue goes on from the case shown, in the queue's own order."""
    ids = list(rows.values_list("public_id", flat=True)[:NEIGHBOURS_AMONG])
    if shown not in ids:
        return {"next_url": reverse(page, args=ids[:1])} if ids else {}
    place = ids.index(shown)
    before, after = ids[max(0, place - 1) : place], ids[place + 1 : place + 2]
    return {
        name: reverse(page, args=found)
        for name, found in (("previous_url", before), ("next_url", after))
        if found
    }
