from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from ninja import Header, Router, Status

from accounts.lib import dates
from jobs.api.enums import Scope
from jobs.api.rest.auth import ApiRequest, actor_of, check_may_write
from jobs.api.rest.paging import PAGE, Limit, link_next, page_of
from jobs.api.rest.posting_fields import checked, form_for, merged, touched
from jobs.api.rest.problems import Problem
from jobs.api.rest.schemas.common import Moment
from jobs.api.rest.schemas.postings import (
    PostingChange,
    PostingNew,
    PostingOut,
    PostingsOut,
    Renewal,
    ScreeningOut,
    SubmissionOut,
)
from jobs.api.rest.service import route
from jobs.api.rules.tags import is_current
from jobs.postings import access, services
from jobs.postings.enums import LIVE_STATES, PostingState
from jobs.postings.models import Posting
from jobs.postings.rules.workflow import EDITABLE_STATES, EMPLOYER, POSTING
from jobs.postings.views import sentence_for
from jobs.screening.explain import shown_rule
from jobs.screening.services import submission

router = Router(tags=["Postings"])
READ, WRITE = Scope.POSTINGS_READ, Scope.POSTINGS_WRITE
# The steps that this interface offers, by the name of their address.
EVENTS = {
    "resubmit": "submit",
    "renew_with_review": "renew",
    "edit": "change",
}
_PROBLEMS: tuple[tuple[type[services.PostingError], str], ...] = (
    (services.StaleVersion, "precondition-failed"),
    (services.NotVerified, "organisation-not-checked"),
    (services.PromiseMissing, "promise-missing"),
    (services.OpeningRefused, "opening-refused"),
    (services.PostingError, "step-refused"),
)
_STEP = ["not-found", "organisation-not-checked", "step-refused"]


# ---- Shown


def shown(posting: Posting) -> dict[str, Any]:
    """Codes only, so that every language reads the same bytes."""
    names = set(PostingOut.model_fields)
    row = {name: getattr(posting, name) for name in names if hasattr(posting, name)}
    events = POSTING.events(state=posting.state, actor=EMPLOYER)
    steps = [EVENTS.get(event, event) for event in events]
    if posting.state in EDITABLE_STATES:
        steps.append("change")
    valid, hours = posting.valid_through, posting.weekly_hours
    start, end = posting.call_window_start, posting.call_window_end
    return row | {
        "id": str(posting.public_id),
        "steps": sorted(set(steps)),
        "page": f"{settings.SITE_URL}"
        f"{reverse('postings:posting', args=[posting.public_id])}",
        "weekly_hours": None if hours is None else float(hours),
        "call_window_start": start.strftime("%H:%M") if start else None,
        "call_window_end": end.strftime("%H:%M") if end else None,
        "last_day": dates.local_day(valid) if valid else None,
        "screening": {
            "decision": posting.screening_decision or None,
            "role": posting.role,
            "catalogue_version": posting.catalogue_version,
        },
    }


def tag_of_posting(posting: Posting) -> str:
    """Changes with everything that is shown: each change of words raises the version."""
    parts = (
        posting.public_id,
        posting.version,
        posting.updated_at.isoformat(),
        posting.screening_decision,
        posting.role,
        posting.catalogue_version,
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def shown_screening(examination: submission.Examination) -> dict[str, Any]:
    findings = []
    for found in examination.findings:
        rule = shown_rule(found.rule)
        citations = rule.citations if rule else ()
        findings.append(
            {
                "rule": found.rule,
                "severity": found.severity,
                "title": rule.title if rule else found.rule,
                "remedy": rule.remedy if rule else "",
                "field": found.field,
                "excerpt": found.excerpt,
                "start": found.start,
                "end": found.end,
                "citations": [
                    {
                        "law": one.law,
                        "article": one.article,
                        "is_confirmed": one.is_confirmed,
                    }
                    for one in citations
                ],
            }
        )
    return {
        "decision": examination.decision,
        "is_blocked": examination.is_blocked,
        "role": examination.role,
        "catalogue_version": examination.catalogue_version,
        "findings": findings,
        "missing": list(examination.missing),
    }


def _answer(posting: Posting, response: HttpResponse) -> dict[str, Any]:
    posting = Posting.objects.get(pk=posting.pk)
    response["ETag"] = tag_of_posting(posting)
    return shown(posting)


def refused(error: services.PostingError) -> Problem:
    if isinstance(error, services.LastDayPassed):
        detail = sentence_for(error)
        errors = [{"in": "body", "pointer": "#/last_day", "detail": detail}]
        return Problem("invalid-input", errors=errors)
    slug = next(slug for kind, slug in _PROBLEMS if isinstance(error, kind))
    return Problem(slug, sentence_for(error) if slug != "precondition-failed" else "")


def blocked(examination: submission.Examination) -> Problem:
    return Problem("screening-blocked", **shown_screening(examination))


# ---- Read


@route(
    router,
    "GET",
    "/postings",
    scope=READ,
    response=PostingsOut,
    operation_id="list_postings",
    problems=["invalid-input", "invalid-cursor"],
)
def list_postings(
    request: ApiRequest,
    response: HttpResponse,
    state: PostingState | None = None,
    updated_since: Moment | None = None,
    limit: Limit = PAGE,
    cursor: str = "",
) -> dict[str, Any]:
    """Your postings, the oldest change first; follow `Link` or `next_cursor`."""
    rows = access.postings_of(actor_of(request))
    if state is not None:
        rows = rows.filter(state=state.value)
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=updated_since)
    about = f"postings:{request.auth.organization_id}"
    page = page_of(rows, about=about, cursor=cursor, limit=limit)
    link_next(request, response, page.next_cursor)
    return {
        "data": [shown(row) for row in page.rows],
        "next_cursor": page.next_cursor,
    }


@route(
    router,
    "GET",
    "/postings/{uuid:posting_id}",
    scope=READ,
    response=PostingOut,
    operation_id="get_posting",
    problems=["not-found"],
)
def get_posting(
    request: ApiRequest, response: HttpResponse, posting_id: UUID
) -> dict[str, Any]:
    """One posting. Its ETag is what `If-Match` wants for a change."""
    return _answer(access.posting_of(actor_of(request), posting_id), response)


@route(
    router,
    "GET",
    "/postings/{uuid:posting_id}/screening",
    scope=READ,
    response=ScreeningOut,
    operation_id="screen_posting",
    problems=["not-found"],
)
def screen_posting(request: ApiRequest, posting_id: UUID) -> dict[str, Any]:
    """What the rules say about the words as they stand; nothing is changed."""
    posting = access.posting_of(actor_of(request), posting_id)
    return shown_screening(submission.examine(posting))


# ---- Written


@route(
    router,
    "POST",
    "/postings",
    scope=WRITE,
    response={201: PostingOut},
    operation_id="create_posting",
    problems=["organisation-not-checked", "invalid-input"],
)
def create_posting(
    request: ApiRequest, response: HttpResponse, posting: PostingNew
) -> Any:
    """A draft. Nobody sees it before it was sent in and read by a person."""
    check_may_write(request)
    values = posting.model_dump(exclude_unset=True, mode="json")
    content = checked(request, form_for(values, is_draft=True))
    made = services.create_draft(
        organization=request.auth.organization,
        actor=actor_of(request),
        fields=content,
    )
    body = _answer(made, response)
    response["Location"] = request.build_absolute_uri(
        f"{request.path}/{made.public_id}"
    )
    return Status(201, body)


@route(
    router,
    "PATCH",
    "/postings/{uuid:posting_id}",
    scope=WRITE,
    response=PostingOut,
    operation_id="change_posting",
    problems=[
        "not-found",
        "organisation-not-checked",
        "invalid-input",
        "screening-blocked",
        "step-refused",
        "precondition-failed",
        "precondition-required",
    ],
)
def change_posting(
    request: ApiRequest,
    response: HttpResponse,
    posting_id: UUID,
    change: PostingChange,
    if_match: Annotated[str | None, Header(alias="If-Match")] = None,
) -> dict[str, Any]:
    """Change some fields. An open posting goes back to be checked, unless the change
    promises nothing else; a blocked change leaves it as it is."""
    found = access.posting_of(actor_of(request), posting_id)
    if if_match is None:
        raise Problem("precondition-required")
    if not is_current(if_match, tag_of_posting(found)):
        raise Problem("precondition-failed")
    check_may_write(request)
    if found.state not in EDITABLE_STATES:
        raise Problem("step-refused")
    values = change.model_dump(exclude_unset=True, mode="json")
    is_draft = found.state not in LIVE_STATES
    form = form_for(merged(found, values, is_draft=is_draft), is_draft=is_draft)
    fields = touched(checked(request, form), values)
    write: Callable[..., Posting] = (
        services.update_posting if is_draft else submission.revise_posting
    )
    try:
        saved = write(
            posting=found,
            actor=actor_of(request),
            fields=fields,
            version=found.version,
        )
    except services.PostingError as error:
        raise refused(error) from error
    except submission.PostingBlocked as error:
        raise blocked(error.examination) from error
    return _answer(saved, response)


@route(
    router,
    "POST",
    "/postings/{uuid:posting_id}/submit",
    scope=WRITE,
    response=SubmissionOut,
    operation_id="submit_posting",
    problems=[*_STEP, "promise-missing", "screening-blocked"],
)
def submit_posting(
    request: ApiRequest, response: HttpResponse, posting_id: UUID
) -> dict[str, Any]:
    """Send a draft in to be read. Blocked, it stays a draft and you are told why."""
    posting = access.posting_of(actor_of(request), posting_id)
    check_may_write(request)
    try:
        outcome = submission.submit_posting(posting=posting, actor=actor_of(request))
    except services.PostingError as error:
        raise refused(error) from error
    if outcome.is_blocked:
        raise blocked(outcome.examination)
    return {
        "posting": _answer(outcome.posting, response),
        "screening": shown_screening(outcome.examination),
    }


def _step(
    request: ApiRequest,
    response: HttpResponse,
    posting_id: UUID,
    act: Callable[..., Posting],
    **more: Any,
) -> dict[str, Any]:
    posting = access.posting_of(actor_of(request), posting_id)
    try:
        moved = act(posting=posting, actor=actor_of(request), **more)
    except services.PostingError as error:
        raise refused(error) from error
    return _answer(moved, response)


@route(
    router,
    "POST",
    "/postings/{uuid:posting_id}/pause",
    scope=WRITE,
    response=PostingOut,
    operation_id="pause_posting",
    problems=["not-found", "step-refused"],
)
def pause_posting(
    request: ApiRequest, response: HttpResponse, posting_id: UUID
) -> dict[str, Any]:
    """Take it off the lists for a while."""
    return _step(request, response, posting_id, services.pause_posting)


@route(
    router,
    "POST",
    "/postings/{uuid:posting_id}/resume",
    scope=WRITE,
    response=PostingOut,
    operation_id="resume_posting",
    problems=[*_STEP, "opening-refused", "invalid-input"],
)
def resume_posting(
    request: ApiRequest, response: HttpResponse, posting_id: UUID
) -> dict[str, Any]:
    """Open a paused posting again."""
    posting = access.posting_of(actor_of(request), posting_id)
    check_may_write(request)
    return _step(request, response, posting.public_id, services.resume_posting)


@route(
    router,
    "POST",
    "/postings/{uuid:posting_id}/fill",
    scope=WRITE,
    response=PostingOut,
    operation_id="fill_posting",
    problems=["not-found", "step-refused"],
)
def fill_posting(
    request: ApiRequest, response: HttpResponse, posting_id: UUID
) -> dict[str, Any]:
    """Everybody was found. This is an end."""
    return _step(request, response, posting_id, services.fill_posting)


@route(
    router,
    "POST",
    "/postings/{uuid:posting_id}/close",
    scope=WRITE,
    response=PostingOut,
    operation_id="close_posting",
    problems=["not-found", "step-refused"],
)
def close_posting(
    request: ApiRequest, response: HttpResponse, posting_id: UUID
) -> dict[str, Any]:
    """Give it up. This is an end."""
    return _step(request, response, posting_id, services.close_posting)


@route(
    router,
    "POST",
    "/postings/{uuid:posting_id}/renew",
    scope=WRITE,
    response=PostingOut,
    operation_id="renew_posting",
    problems=[*_STEP, "opening-refused", "invalid-input"],
)
def renew_posting(
    request: ApiRequest,
    response: HttpResponse,
    posting_id: UUID,
    renewal: Renewal | None = None,
) -> dict[str, Any]:
    """Open an expired posting again; from the third time on it is checked first."""
    posting = access.posting_of(actor_of(request), posting_id)
    check_may_write(request)
    day = renewal.last_day if renewal else None
    until = services.end_of_day(day) if day else None
    act = services.renew_posting
    return _step(request, response, posting.public_id, act, valid_through=until)
