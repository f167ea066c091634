from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.employers.models import Branch
from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.keyset import newest_first
from accounts.lib.text import clean_line
from jobs.postings import access, services
from jobs.postings.answers import answers_of
from jobs.postings.cards import Mark
from jobs.postings.enums import ENDED_STATES, LIVE_STATES, PostingState
from jobs.postings.facts import sections_of
from jobs.postings.forms import PostingForm, RenewForm
from jobs.postings.history import entries_of, state_mark
from jobs.postings.models import Posting
from jobs.postings.rules.workflow import EDITABLE_STATES, EMPLOYER, POSTING

PAGE_SIZE = 30
LONGEST_SEARCH = 60
# What the list was narrowed down to, and is again afterwards.
KEPT = ("group", "q", "branch")
GROUPS: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    (
        "todo",
        gettext_lazy("With you"),
        frozenset({PostingState.DRAFT, PostingState.CHANGES_REQUESTED}),
    ),
    ("checking", PostingState.IN_REVIEW.label, frozenset({PostingState.IN_REVIEW})),
    ("open", PostingState.PUBLISHED.label, frozenset({PostingState.PUBLISHED})),
    ("paused", PostingState.PAUSED.label, frozenset({PostingState.PAUSED})),
    ("ended", gettext_lazy("Ended"), ENDED_STATES),
)
STEPS: dict[str, Callable[..., Posting]] = {
    "pause": services.pause_posting,
    "resume": services.resume_posting,
    "fill": services.fill_posting,
    "close": services.close_posting,
}
SENTENCES: dict[type[services.PostingError], Promise] = {
    services.StaleVersion: gettext_lazy(
        "Somebody changed this posting while you were writing. Your text is still "
        "here: compare, then save again."
    ),
    services.NotVerified: gettext_lazy(
        "Your organisation is not checked yet, or its check has run out."
    ),
    services.PromiseMissing: gettext_lazy(
        "Before you send in a posting, your organisation promises to answer every "
        "application."
    ),
    services.LastDayPassed: gettext_lazy(
        "The last day to apply must be within the next 60 days."
    ),
    services.MeasureStands: gettext_lazy(
        "A decision about your organisation keeps this posting closed. You find it "
        "under “Decisions about us”."
    ),
    services.OpeningRefused: gettext_lazy(
        "Our rules have become stricter: something in the text may not be published "
        "any more. Please change it, or write a new posting."
    ),
    services.NotEditable: gettext_lazy("This posting cannot be changed any more."),
    services.StepRefused: gettext_lazy(
        "This is not possible any more: the posting has changed meanwhile."
    ),
}


def sentence_for(error: services.PostingError) -> str:
    for kind, sentence in SENTENCES.items():
        if isinstance(error, kind):
            return str(sentence)
    return _("That did not work. Please look at the posting again.")


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    access.employer_only(request.user)
    asked = clean_line(request.GET.get("q", ""))[:LONGEST_SEARCH]
    rows = access.postings_of(request.user)
    if asked:
        rows = rows.filter(title__icontains=asked)
    branches = access.branches_in(request.user)
    branch = chosen_branch(request.GET.get("branch", ""), branches)
    if branch is not None:
        rows = rows.filter(branch=branch)
    counts = dict(
        rows.order_by().values_list("state").annotate(total=Count("pk", distinct=True))
    )
    groups = [
        {"key": key, "label": label, "count": sum(counts.get(s, 0) for s in states)}
        for key, label, states in GROUPS
    ]
    chosen = _chosen_group(request.GET.get("group", ""), groups)
    states = next(states for key, _label, states in GROUPS if key == chosen)
    page = newest_first(
        rows.filter(state__in=states), request, by="updated_at", size=PAGE_SIZE
    )
    context = {
        "groups": groups,
        "chosen": chosen,
        "page": page,
        "rows": [(row, _look_of(row)) for row in page.rows],
        "organization": access.organization_of(request.user),
        "total": sum(counts.values()),
        "asked": asked,
        "branches": branches,
        "branch": branch,
    }
    return render(request, "jobs/postings/mine.html", context)


def chosen_branch(text: str, branches: list[Branch]) -> Branch | None:
    """What is not known is no filter: a link of yesterday still shows the page."""
    return next((row for row in branches if str(row.public_id) == text), None)


@dataclass(frozen=True, slots=True)
class Look:
    """A posting in our own list: its state, and what can be done with it."""

    mark: Mark
    events: list[str]
    can_edit: bool
    can_renew: bool


def _look_of(posting: Posting) -> Look:
    events = POSTING.events(state=posting.state, actor=EMPLOYER)
    return Look(
        mark=state_mark(posting),
        events=[event for event in STEPS if event in events],
        can_edit=posting.state in EDITABLE_STATES,
        can_renew="renew" in events,
    )


def _chosen_group(wanted: str, groups: list[dict[str, object]]) -> str:
    """The group asked for, otherwise the first that holds anything."""
    keys = [str(group["key"]) for group in groups]
    if wanted in keys:
        return wanted
    return next((str(g["key"]) for g in groups if g["count"]), keys[0])


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    access.employer_only(request.user)
    organization = access.organization_of(request.user)
    if organization is None:
        messages.info(request, _("First tell us about your organisation."))
        return redirect("employers:overview")
    is_draft = request.POST.get("intent") == "draft"
    form = PostingForm(request.POST or None, is_draft=is_draft)
    if request.method == "POST" and form.is_valid():
        posting = services.create_draft(
            organization=organization, actor=request.user, fields=form.content()
        )
        return _after_saving(request, posting, is_draft=is_draft)
    note_debtor_data(
        organization=organization, actor=request.user, hits=form.debtor_hits()
    )
    context = {"form": form, "organization": organization}
    return render(request, "jobs/postings/editor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    posting = access.editable_posting_for(request.user, public_id)
    is_draft = request.POST.get("intent") == "draft"
    form = PostingForm(
        request.POST or None, is_draft=is_draft, initial=answers_of(posting)
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.update_posting(
                posting=posting,
                actor=request.user,
                fields=changed_content(form),
                version=read_version(request),
            )
        except services.PostingError as error:
            form.add_error(None, sentence_for(error))
            posting.refresh_from_db()
        else:
            return _after_saving(request, saved, is_draft=is_draft)
    note_debtor_data(
        organization=posting.organization,
        actor=request.user,
        hits=form.debtor_hits(),
    )
    return render(request, "jobs/postings/editor.html", editor_context(posting, form))


def editor_context(posting: Posting, form: PostingForm) -> dict[str, object]:
    return {
        "form": form,
        "posting": posting,
        "organization": posting.organization,
        "is_live": posting.state in LIVE_STATES,
    }


def changed_content(form: PostingForm) -> dict[str, object]:
    """The same last day at another hour is no change."""
    content = form.content()
    if "valid_through" not in form.changed_data and form.initial.get("title"):
        content.pop("valid_through", None)
    return content


def read_version(request: SignedInRequest) -> int:
    return read_number(request, "version")


def read_number(request: SignedInRequest, name: str) -> int:
    """A whole number of a hidden field; 0 for whatever is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _after_saving(
    request: SignedInRequest, posting: Posting, *, is_draft: bool
) -> HttpResponse:
    if is_draft:
        messages.success(request, _("Saved. You can go on any time."))
        return redirect("postings:posting", posting.public_id)
    return redirect("screening:check", posting.public_id)


@require_safe
def posting(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.posting_of(request.user, public_id)
    events = POSTING.events(state=found.state, actor=EMPLOYER)
    steps = list(found.transitions.select_related("actor").order_by("at", "pk"))
    context = {
        "posting": found,
        "mark": state_mark(found),
        "events": [event for event in STEPS if event in events],
        "can_edit": found.state in EDITABLE_STATES,
        "can_submit": "submit" in events or "resubmit" in events,
        "can_renew": "renew" in events,
        "entries": entries_of(steps),
        "last_reason": steps[-1].reason if steps else "",
        "has_measure": found.state == PostingState.REMOVED
        or (bool(steps) and steps[-1].reason == services.MEASURE_TAKEN),
        "sections": sections_of(found),
        "is_verified": found.organization is not None
        and found.organization.is_verified(now=timezone.now()),
    }
    return render(request, "jobs/postings/posting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, public_id: UUID, event: str) -> HttpResponse:
    """GET asks, POST does: the question is the page for people without dialogs."""
    found = access.posting_of(request.user, public_id)
    if event not in STEPS:
        raise Http404
    if request.method != "POST":
        return render(
            request, "jobs/postings/step.html", {"posting": found, "event": event}
        )
    try:
        STEPS[event](posting=found, actor=request.user)
    except services.PostingError as error:
        messages.error(request, sentence_for(error))
    else:
        messages.success(request, _("Done."))
    if request.POST.get("next") == "list":
        kept = {name: request.POST.get(name, "") for name in KEPT}
        return redirect(f"{reverse('postings:mine')}?{urlencode(kept)}")
    return redirect("postings:posting", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.posting_of(request.user, public_id)
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = services.end_of_day(form.cleaned_data["valid_through"])
        try:
            services.renew_posting(
                posting=found, actor=request.user, valid_through=until
            )
        except services.PostingError as error:
            messages.error(request, sentence_for(error))
        else:
            messages.success(request, _("Done."))
        return redirect("postings:posting", public_id)
    context = {
        "posting": found,
        "form": form,
        "is_checked": services.renewal_event(found) == "renew_with_review",
    }
    return render(request, "jobs/postings/renew.html", context)
