from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access
from jobs.applications.enums import (
    ENDED_STATES,
    WAITING_STATES,
    ApplicationState,
    DeclineReason,
)
from jobs.applications.forms import STEP_FORMS, VersionedForm, step_form
from jobs.applications.models import Application
from jobs.applications.rules.timeline import answer_due
from jobs.applications.rules.workflow import APPLICATION, EMPLOYER
from jobs.applications.services import steps
from jobs.applications.views.presentation import employer_timeline, snapshot_facts

PAGE = 30
TABS: dict[str, frozenset[ApplicationState]] = {
    "waiting": WAITING_STATES,
    "shortlisted": frozenset({ApplicationState.SHORTLISTED}),
    "interview": frozenset({ApplicationState.INTERVIEW}),
    "offered": frozenset({ApplicationState.OFFERED}),
    "on_hold": frozenset({ApplicationState.ON_HOLD}),
    "ended": ENDED_STATES,
}


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    received = access.inbox_of(request.user)
    tab = request.GET.get("tab", "waiting")
    if tab not in TABS:
        tab = "waiting"
    rows = _of_posting(received.filter(state__in=TABS[tab]), request)
    page = _page_number(request)
    window = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    for row in window:
        row.due = answer_due(row.submitted_at)  # type: ignore[attr-defined]
    context = {
        "rows": window[:PAGE],
        "tab": tab,
        "tabs": _tabs(received),
        "newer": page - 1 if page > 1 else None,
        "older": page + 1 if len(window) > PAGE else None,
    }
    return render(request, "jobs/applications/inbox.html", context)


def _of_posting(
    rows: QuerySet[Application], request: SignedInRequest
) -> QuerySet[Application]:
    try:
        return rows.filter(posting__public_id=UUID(request.GET.get("posting", "")))
    except ValueError:
        return rows


def _page_number(request: SignedInRequest) -> int:
    value = request.GET.get("page", "1")
    return min(max(int(value), 1), 10_000) if value.isdecimal() else 1


def _tabs(received: QuerySet[Application]) -> list[tuple[str, int]]:
    counts = dict(received.order_by().values_list("state").annotate(total=Count("pk")))
    return [
        (tab, sum(counts.get(s, 0) for s in states)) for tab, states in TABS.items()
    ]


@require_safe
def received(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Opening it is what "seen" means; opening it again changes nothing."""
    application = access.received_application(request.user, public_id)
    application = steps.view_application(application=application, actor=request.user)
    return _page(request, application)


def _page(
    request: SignedInRequest,
    application: Application,
    bound: VersionedForm | None = None,
    event: str = "",
    status: int = 200,
) -> HttpResponse:
    events = APPLICATION.events(state=application.state, actor=EMPLOYER)
    forms = [
        (
            name,
            bound if name == event and bound else step_form(name, application.version),
        )
        for name in events
        if name in STEP_FORMS
    ]
    context = {
        "application": application,
        "posting": application.posting,
        "forms": forms,
        "open_event": event,
        "entries": employer_timeline(application),
        "facts": snapshot_facts(application.snapshot),
        "due": answer_due(application.submitted_at),
        "is_waiting": application.state in WAITING_STATES,
    }
    return render(request, "jobs/applications/received.html", context, status=status)


@require_POST
def step(request: SignedInRequest, public_id: UUID, event: str) -> HttpResponse:
    application = access.received_application(request.user, public_id)
    if event not in STEP_FORMS:
        raise Http404
    form = step_form(event, application.version, request.POST)
    if not form.is_valid():
        return _page(request, application, form, event, status=422)
    try:
        _VERBS[event](application, request, form.cleaned_data)
    except steps.AlreadyMoved:
        application.refresh_from_db()
        messages.warning(
            request,
            _(
                "A colleague or the applicant was quicker: it now stands at “%(state)s”. "
                "Nothing you typed was sent. Please look again."
            )
            % {"state": application.get_state_display()},
        )
        return _page(request, application, form, event, status=409)
    except TransitionRefused:
        messages.error(request, _("This step is not possible any more."))
    else:
        messages.success(request, _("Done. The applicant has been told."))
    return redirect("applications:received", application.public_id)


def _shortlist(a: Application, r: SignedInRequest, data: dict[str, Any]) -> object:
    return steps.shortlist_application(
        application=a, actor=r.user, version=data["version"]
    )


def _interview(a: Application, r: SignedInRequest, data: dict[str, Any]) -> object:
    return steps.invite_to_interview(application=a, actor=r.user, **data)


def _offer(a: Application, r: SignedInRequest, data: dict[str, Any]) -> object:
    return steps.make_offer(application=a, actor=r.user, **data)


def _postpone(a: Application, r: SignedInRequest, data: dict[str, Any]) -> object:
    return steps.postpone_application(application=a, actor=r.user, **data)


def _decline(a: Application, r: SignedInRequest, data: dict[str, Any]) -> object:
    data["reason"] = DeclineReason(data["reason"])
    return steps.decline_application(application=a, actor=r.user, **data)


def _retract(a: Application, r: SignedInRequest, data: dict[str, Any]) -> object:
    return steps.retract_offer(application=a, actor=r.user, **data)


_VERBS: dict[str, Callable[[Application, SignedInRequest, dict[str, Any]], object]] = {
    "shortlist": _shortlist,
    "interview": _interview,
    "offer": _offer,
    "postpone": _postpone,
    "decline": _decline,
    "retract": _retract,
}
