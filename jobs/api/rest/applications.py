"""What was sent to the organisation: the same rows, limits and lines of the trail as on
the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from accounts.employers.services.guard import note_debtor_data
from accounts.lib.workflow import TransitionRefused
from jobs.api.enums import Scope
from jobs.api.rest.auth import ApiRequest, actor_of, check_may_write
from jobs.api.rest.paging import PAGE, Limit, link_next, page_of
from jobs.api.rest.posting_fields import errors_of
from jobs.api.rest.problems import Problem
from jobs.api.rest.schemas.applications import (
    ApplicationOut,
    ApplicationsOut,
    Declining,
    MoveOut,
    Shortlisting,
)
from jobs.api.rest.schemas.common import Id, Moment
from jobs.api.rest.service import route
from jobs.applications import access
from jobs.applications.enums import WAITING_STATES, ApplicationState
from jobs.applications.forms import step_form
from jobs.applications.models import Application
from jobs.applications.rules.workflow import EMPLOYER, possible_events
from jobs.applications.services import steps
from jobs.applications.services.showing import note_listed, note_read
from jobs.applications.views.employer import asks_too_early
from jobs.postings.enums import PostingState

router = Router(tags=["Applications"])
READ, WRITE = Scope.APPLICATIONS_READ, Scope.APPLICATIONS_WRITE
STEPS = ("shortlist", "decline")


def shown_row(application: Application) -> dict[str, Any]:
    is_shared = application.is_shared
    is_waiting = application.state in WAITING_STATES
    return {
        "id": str(application.public_id),
        "version": application.version,
        "state": application.state,
        "posting": {
            "id": str(application.posting.public_id),
            "title": application.posting.title,
        },
        "is_shared": is_shared,
        "name": application.applicant_name if is_shared else None,
        "submitted_at": application.submitted_at,
        "updated_at": application.updated_at,
        "answer_due": application.answer_due if is_waiting else None,
    }


def shown(application: Application) -> dict[str, Any]:
    events = possible_events(
        state=application.state,
        actor=EMPLOYER,
        is_removed=application.posting.state == PostingState.REMOVED,
    )
    return shown_row(application) | {
        "steps": [event for event in STEPS if event in events],
        "viewed_at": application.viewed_at,
        "interview_at": application.interview_at,
        "decline_reason": application.decline_reason or None,
        "processed_at": application.processed_at,
        "sent": _sent(application) if application.is_shared else None,
    }


def _sent(application: Application) -> dict[str, Any]:
    """Never the number: whoever calls asks for it on the page, within its limits."""
    sent = application.snapshot
    resume = sent.get("resume")
    return {
        "name": sent["name"],
        "city_code": sent["city_code"],
        "district": sent["district"],
        "education": sent["education"],
        "years": sent["years"],
        "past_roles": sent["past_roles"],
        "past_tasks": sent["did"],
        "skills": sent["skills"],
        "start": sent["can_start"],
        "message": application.message,
        "resume": {
            "variant": resume["variant"],
            "language": resume["language"],
            "lines": resume["lines"],
        }
        if resume
        else None,
    }


@route(
    router,
    "GET",
    "/applications",
    scope=READ,
    response=ApplicationsOut,
    operation_id="list_applications",
    problems=["invalid-input", "invalid-cursor"],
)
def list_applications(
    request: ApiRequest,
    response: HttpResponse,
    posting: Id | None = None,
    state: ApplicationState | None = None,
    updated_since: Moment | None = None,
    limit: Limit = PAGE,
    cursor: str = "",
) -> dict[str, Any]:
    """What came in, the oldest change first. Everybody on it can see that you looked."""
    rows = access.inbox_of(actor_of(request)).select_related("renewed_consent")
    if posting is not None:
        rows = rows.filter(posting__public_id=posting)
    if state is not None:
        rows = rows.filter(state=state.value)
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=updated_since)
    about = f"applications:{request.auth.organization_id}"
    page = page_of(rows, about=about, cursor=cursor, limit=limit)
    note_listed(applications=page.rows, actor=actor_of(request))
    link_next(request, response, page.next_cursor)
    return {
        "data": [shown_row(row) for row in page.rows],
        "next_cursor": page.next_cursor,
    }


@route(
    router,
    "GET",
    "/applications/{uuid:application_id}",
    scope=READ,
    response=ApplicationOut,
    operation_id="get_application",
    problems=["not-found"],
)
def get_application(request: ApiRequest, application_id: UUID) -> dict[str, Any]:
    """What somebody sent. Reading it is opening it: the person sees that you did."""
    application = _received(request, application_id)
    application = steps.view_application(
        application=application, actor=actor_of(request)
    )
    if application.is_shared:
        note_read(application=application, actor=actor_of(request))
    return shown(application)


@route(
    router,
    "POST",
    "/applications/{uuid:application_id}/shortlist",
    scope=WRITE,
    response=MoveOut,
    operation_id="shortlist_application",
    problems=["not-found", "organisation-not-checked", "step-refused", "stale-version"],
)
def shortlist_application(
    request: ApiRequest, application_id: UUID, move: Shortlisting
) -> dict[str, Any]:
    """Put somebody on the shortlist. They are told."""
    application = _received(request, application_id)
    check_may_write(request)
    return _move(
        request, application, steps.shortlist_application, version=move.version
    )


@route(
    router,
    "POST",
    "/applications/{uuid:application_id}/decline",
    scope=WRITE,
    response=MoveOut,
    operation_id="decline_application",
    problems=["not-found", "invalid-input", "step-refused", "stale-version"],
)
def decline_application(
    request: ApiRequest, application_id: UUID, move: Declining
) -> dict[str, Any]:
    """Say no, with a reason about the job. They read it word for word."""
    application = _received(request, application_id)
    form = step_form(
        "decline",
        application.version,
        {f"decline-{name}": value for name, value in move.model_dump().items()},
        occupation=application.posting.occupation,
    )
    if not form.is_valid() or asks_too_early(form, application, "decline"):
        note_debtor_data(
            organization=application.organization,
            actor=actor_of(request),
            hits=form.debtor_hits(),
        )
        raise Problem("invalid-input", errors=errors_of(form))
    return _move(request, application, steps.decline_application, **form.cleaned_data)


def _received(request: ApiRequest, application_id: UUID) -> Application:
    return access.received_application(actor_of(request), application_id)


def _move(
    request: ApiRequest,
    application: Application,
    act: Callable[..., Application],
    **answers: Any,
) -> dict[str, Any]:
    try:
        moved = act(application=application, actor=actor_of(request), **answers)
    except TransitionRefused as error:
        current = _received(request, application.public_id)
        stale = isinstance(error, steps.AlreadyMoved)
        raise Problem(
            "stale-version" if stale else "step-refused",
            current={"version": current.version, "state": current.state},
        ) from error
    return {
        "id": str(moved.public_id),
        "version": moved.version,
        "state": moved.state,
        "updated_at": moved.updated_at,
    }
