from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from jobs.postings import access as posting_access, services as postings
from jobs.postings.answers import answers_of
from jobs.postings.facts import sections_of
from jobs.postings.forms import PostingForm
from jobs.postings.models import Posting
from jobs.postings.rules.content import CONTENT_FIELDS
from jobs.postings.rules.workflow import EDITABLE_STATES
from jobs.postings.views import (
    changed_content,
    editor_context,
    read_number,
    read_version,
    sentence_for,
)
from jobs.screening.adverts import TEXT_FIELDS, PlacedRewording
from jobs.screening.explain import (
    decision_sentence,
    done_sentence,
    lint_sentence,
    marked_fields,
    split_missing,
)
from jobs.screening.rules.text import TextTooLong
from jobs.screening.services import rewording, submission


@require_safe
def check(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What the rules say about a draft as it stands, and what a seeker will see."""
    posting = posting_access.posting_of(request.user, public_id)
    if posting.state not in EDITABLE_STATES:
        return redirect("postings:posting", public_id)
    examination = submission.examine(posting)
    offers = (
        rewording.offers_for(posting, examination)
        if posting.state in submission.SUBMITTING
        else ()
    )
    context = finding_context(examination, offers) | {
        "posting": posting,
        "sections": sections_of(posting),
        "texts": list(
            marked_fields(
                ((name, getattr(posting, name)) for name in TEXT_FIELDS),
                examination.findings,
            )
        ),
        "is_verified": posting.organization is not None
        and posting.organization.is_verified(now=timezone.now()),
        "has_promised": posting.organization is not None
        and posting.organization.has_promised,
    }
    return render(request, "jobs/screening/check.html", context)


def finding_context(
    examination: submission.Examination, offers: Sequence[PlacedRewording] = ()
) -> dict[str, object]:
    hits, missing = split_missing(examination.findings, examination.missing, offers)
    return {
        "examination": examination,
        "hits": hits,
        "missing": missing,
        "summary": lint_sentence(hits),
        "sentence": decision_sentence(
            is_blocked=examination.is_blocked, decision=examination.decision
        ),
    }


@require_POST
def submit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    posting = posting_access.posting_of(request.user, public_id)
    try:
        outcome = submission.submit_posting(posting=posting, actor=request.user)
    except postings.PostingError as error:
        messages.error(request, sentence_for(error))
        return redirect("screening:check", public_id)
    if outcome.is_blocked:
        messages.error(request, _("Not sent in: something has to change first."))
        return redirect("screening:check", public_id)
    messages.success(
        request, _("Sent in. A person reads it, usually within one working day.")
    )
    return redirect("postings:posting", public_id)


@require_POST
def revise(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Save a change to an open posting; a blocked one leaves the open text as it is."""
    posting = posting_access.editable_posting_for(request.user, public_id)
    form = PostingForm(request.POST, initial=answers_of(posting))
    context: dict[str, object] = {}
    if form.is_valid():
        try:
            revised = submission.revise_posting(
                posting=posting,
                actor=request.user,
                fields=changed_content(form),
                version=read_version(request),
            )
        except postings.PostingError as error:
            form.add_error(None, sentence_for(error))
            posting.refresh_from_db()
        except submission.PostingBlocked as error:
            form.add_error(
                None, _("The change was not saved. Please see the notes below.")
            )
            context = finding_context(error.examination)
        else:
            return _after_revising(request, revised)
    note_debtor_data(
        organization=posting.organization,
        actor=request.user,
        hits=form.debtor_hits(),
    )
    context |= editor_context(posting, form)
    return render(request, "jobs/postings/editor.html", context)


def _after_revising(request: SignedInRequest, posting: Posting) -> HttpResponse:
    if posting.state == "in_review":
        text = _("Saved. It is checked again before people see it.")
    else:
        text = _("Saved.")
    messages.success(request, text)
    return redirect("postings:posting", posting.public_id)


@require_POST
def reword(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Put one of the offered wordings into a draft: the editor's tap without scripts."""
    posting = posting_access.posting_of(request.user, public_id)
    try:
        offer = rewording.reword_posting(
            posting=posting,
            actor=request.user,
            field=request.POST.get("field", ""),
            rule=request.POST.get("rule", ""),
            start=read_number(request, "start"),
            version=read_version(request),
        )
    except (postings.StaleVersion, rewording.RewordingGone):
        text = _("The posting has changed meanwhile. Nothing was replaced; look again.")
        messages.info(request, text)
    except postings.PostingError as error:
        messages.error(request, sentence_for(error))
        return redirect("postings:posting", public_id)
    else:
        messages.success(request, done_sentence(offer))
    return redirect("screening:check", public_id)


@require_POST
def lint(request: SignedInRequest) -> HttpResponse:
    """The answers typed so far, as a fragment beside the form; nothing is stored."""
    posting_access.employer_only(request.user)
    try:
        posting = _posting_as_typed(request)
        examination = submission.examine(posting)
        offers = rewording.offers_for(posting, examination)
        context = finding_context(examination, offers)
    except TextTooLong:
        context = {"too_long": True}
    return render(request, "jobs/screening/_lint.html", context)


def _posting_as_typed(request: SignedInRequest) -> Posting:
    """The texts letter by letter, not tidied: places in them must fit the form's."""
    form = PostingForm(request.POST, is_draft=True)
    form.is_valid()
    for name in form.errors:
        # A field that is too long is not among the answers: nothing to say about it.
        if form.has_error(name, "max_length"):
            raise TextTooLong(len(request.POST.get(name, "")))
    content = form.content()
    posting = Posting(
        organization=posting_access.organization_of(request.user),
        source_name="-",
        **{name: content[name] for name in content if name in CONTENT_FIELDS},
    )
    for name in TEXT_FIELDS:
        setattr(posting, name, request.POST.get(name, "").replace("\r\n", "\n"))
    return posting
