from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.employers.access import response_record
from accounts.employers.answering import answers_text, hiring_text
from accounts.employers.groups import group_of
from accounts.employers.models import Organization
from accounts.employers.rules.papers import SHOWN
from accounts.evidence.enums import DocumentKind
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.http import Request
from jobs.applications.access import is_saved
from jobs.insights.services.opened import note_opened
from jobs.postings.access import published_posting
from jobs.postings.enums import PostingState
from jobs.postings.facts import Section, sections_of, without_contacts
from jobs.postings.models import Posting
from jobs.postings.schema_org import script_json, to_job_posting
from jobs.screening.access import is_held_back
from jobs.screening.shown import shown_of

ENDINGS: dict[str, Promise] = {
    PostingState.PAUSED: _("The employer is taking no applications right now."),
    PostingState.FILLED: _("The employer found somebody."),
    PostingState.CLOSED: _("The employer closed this job."),
    PostingState.EXPIRED: _("The last day to apply has passed."),
    PostingState.PUBLISHED: _("The last day to apply has passed."),
}
# The words are not shown: they changed and are not checked yet, or broke the rules.
HIDDEN_TEXTS: dict[str, Promise] = {
    PostingState.IN_REVIEW: _("The employer changed this job. It is checked first."),
    PostingState.CHANGES_REQUESTED: _(
        "The employer changed this job. It is checked first."
    ),
    PostingState.REMOVED: _("This job broke our rules and was taken down."),
}
HELD_BACK = _("We are looking into this job. Until then it is not shown.")


@login_not_required
@require_safe
def job(request: Request, public_id: UUID) -> HttpResponse:
    posting = published_posting(public_id)
    if request.method == "GET" and posting.is_open():
        note_opened(request, posting)
    if posting.state in HIDDEN_TEXTS:
        return _hidden(request, posting, HIDDEN_TEXTS[posting.state])
    if posting.state == PostingState.PAUSED and is_held_back(posting):
        return _hidden(request, posting, HELD_BACK)
    organization = posting.organization
    is_checked = organization is not None and organization.is_verified(
        now=timezone.now()
    )
    # Between the end of a check and the task that pauses, nobody can apply either.
    is_open = posting.is_open() and (organization is None or is_checked)
    context = {
        "posting": posting,
        "sections": _sections(posting),
        **shown_of(posting),
        "is_open": is_open,
        "ending": "" if is_open else _ending(posting),
        "similar": similar_url(posting),
        "papers_seen": papers_seen(organization) if is_checked else [],
        "answers_text": answers_text(response_record(organization))
        if organization is not None
        else "",
        "hiring_text": hiring_text(response_record(organization))
        if organization is not None
        else "",
        "group": group_of(organization) if is_checked and organization else [],
        "can_apply": is_open and organization is not None,
        "json_ld": json_ld(posting) if is_open else "",
        **_saving(request, posting),
    }
    return render(request, "jobs/public/job.html", context)


def json_ld(posting: Posting) -> str:
    """The open posting for programs; empty where a required part is missing."""
    address = reverse("public:job", args=[posting.public_id])
    data = to_job_posting(posting, url=f"{settings.SITE_URL}{address}")
    return script_json(data) if data else ""


def _saving(request: Request, posting: Posting) -> dict[str, bool]:
    """The button for a seeker's own list: on what is open, and on what is on it."""
    user = request.user
    if not isinstance(user, User) or user.kind != Kind.SEEKER:
        return {"can_save": False, "is_saved": False}
    saved = is_saved(user, posting)
    return {"can_save": saved or posting.is_open(), "is_saved": saved}


def _hidden(request: Request, posting: Posting, text: Promise) -> HttpResponse:
    """The page in place of the words. It may be shown again: browsers keep a 410 for
    ever unless they are told not to."""
    context = {"text": text, "similar": similar_url(posting)}
    status = 410 if posting.state == PostingState.REMOVED else 200
    page = render(request, "jobs/public/job_hidden.html", context, status=status)
    add_never_cache_headers(page)
    return page


def _ending(posting: Posting) -> Promise:
    state = PostingState.PAUSED if posting.is_open() else posting.state
    return ENDINGS[state]


def _sections(posting: Posting) -> list[Section]:
    sections = sections_of(posting)
    return without_contacts(sections) if posting.source_name else sections


def papers_seen(organization: Organization | None) -> list[Promise]:
    kinds = organization.verified_documents if organization is not None else []
    return [DocumentKind(kind).label for kind in kinds if kind in SHOWN]


def similar_url(posting: Posting) -> str:
    """A search for what stays the same: city and channel."""
    asked = {"city": posting.city_code, "channel": posting.channel}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse('search:list')}?{query}"
