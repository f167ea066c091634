from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.employers.access import membership_or_none, response_record
from accounts.employers.answering import answers_text
from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access
from jobs.applications.access_offers import open_check_in
from jobs.applications.enums import (
    ENDED_STATES,
    WAITING_STATES,
    ApplicationState,
    Side,
)
from jobs.applications.forms import (
    STEP_FORMS,
    MessageForm,
    OutcomeForm,
    StepForm,
    step_form,
    step_form_again,
)
from jobs.applications.models import Application
from jobs.applications.panels import Place, panels_on
from jobs.applications.rules.workflow import EMPLOYER, possible_events
from jobs.applications.services import steps
from jobs.applications.services.messages import read_messages
from jobs.applications.services.showing import note_listed, note_read
from jobs.applications.services.wording import early_question_in
from jobs.applications.views.appointments import panel_of
from jobs.applications.views.offers import received_offer
from jobs.applications.views.presentation import (
    employer_timeline,
    last_step_sentence,
    snapshot_facts,
    snapshot_resume,
)
from jobs.applications.views.talk import (
    MESSAGE_SENTENCES,
    call_panel,
    check_panel,
    talk_of,
)
from jobs.postings.access import employer_only
from jobs.postings.enums import PostingState

PAGE = 30
TABS: dict[str, frozenset[ApplicationState]] = {
    "waiting": WAITING_STATES,
    "shortlisted": frozenset({ApplicationState.SHORTLISTED}),
    "interview": frozenset({ApplicationState.INTERVIEW}),
    "offered": frozenset({ApplicationState.OFFERED}),
    "on_hold": frozenset({ApplicationState.ON_HOLD}),
    "ended": ENDED_STATES,
}
# The form's answers are the service's arguments, name by name.
VERBS: dict[str, Callable[..., Application]] = {
    "shortlist": steps.shortlist_application,
    "postpone": steps.postpone_application,
    "decline": steps.decline_application,
    "retract": steps.retract_offer,
}


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    employer_only(request.user)
    membership = membership_or_none(request.user)
    if membership is None:
        return redirect("employers:overview")
    received = access.inbox_of(request.user)
    tab = request.GET.get("tab", "waiting")
    if tab not in TABS:
        tab = "waiting"
    rows = _of_posting(received.filter(state__in=TABS[tab]), request)
    rows = access.with_unread(rows, Side.EMPLOYER, now=timezone.now())
    if tab == "ended":
        rows = rows.order_by("-processed_at", "-pk")
    page = _page_number(request)
    window = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    note_listed(applications=window[:PAGE], actor=request.user)
    context = {
        "rows": window[:PAGE],
        "organization": membership.organization,
        "tab": tab,
        "tabs": _tabs(received),
        "answers_text": answers_text(response_record(membership.organization)),
        "pauses": list(access.covenant_pauses_of(request.user).standing()),
        "next_due": window[0].answer_due if tab == "waiting" and window else None,
        "newer": _page_link(request, page - 1) if page > 1 else "",
        "older": _page_link(request, page + 1) if len(window) > PAGE else "",
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
    return max(int(value), 1) if value.isdecimal() and len(value) < 5 else 1


def _page_link(request: SignedInRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"


def _tabs(received: QuerySet[Application]) -> list[tuple[str, int]]:
    counts = dict(received.order_by().values_list("state").annotate(total=Count("pk")))
    return [
        (tab, sum(counts.get(s, 0) for s in states)) for tab, states in TABS.items()
    ]


@require_safe
def received(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Opening it is what "seen" means; opening it again changes nothing."""
    application = access.received_application(request.user, public_id)
    if request.method == "GET":
        application = steps.view_application(
            application=application, actor=request.user
        )
        read_messages(application=application, actor=request.user)
    return received_page(request, application)


@require_POST
def step(request: SignedInRequest, public_id: UUID, event: str) -> HttpResponse:
    if event not in STEP_FORMS:
        raise Http404
    application = access.received_application(request.user, public_id)
    work = application.posting.occupation
    form = step_form(event, application.version, request.POST, occupation=work)
    if not form.is_valid() or asks_too_early(form, application, event):
        note_debtor_data(
            organization=application.organization,
            actor=request.user,
            hits=form.debtor_hits(),
        )
        return received_page(request, application, form, status=422)
    try:
        VERBS[event](application=application, actor=request.user, **form.cleaned_data)
    except TransitionRefused:
        # Read again: what is shown is what stands now, with the words still there.
        application = access.received_application(request.user, public_id)
        form = step_form_again(
            event, application.version, request.POST, occupation=work
        )
        return received_page(request, application, form, status=409)
    messages.success(request, _("Done. The applicant has been told."))
    return redirect("applications:received", application.public_id)


def asks_too_early(form: StepForm, application: Application, event: str) -> bool:
    """Words about credit reports or certificates that nobody declared, marked."""
    for name, text in list(form.cleaned_data.items()):
        if type(text) is str and (
            reason := early_question_in(text, application=application, event=event)
        ):
            form.add_error(name, str(MESSAGE_SENTENCES[reason]))
    return not form.is_valid()


def received_page(
    request: SignedInRequest,
    application: Application,
    form: StepForm | None = None,
    message_form: MessageForm | None = None,
    outcome_form: OutcomeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with any one form as it was sent, so that nothing typed is lost."""
    events = [name for name in _events(application) if name in STEP_FORMS]
    open_event = str(form.prefix) if form else ""
    lost = form is not None and open_event not in events
    is_shared = application.is_shared
    if is_shared:
        note_read(application=application, actor=request.user)
    context = {
        "application": application,
        "posting": application.posting,
        "forms": [
            (
                name,
                form
                if name == open_event
                else step_form(
                    name, application.version, occupation=application.posting.occupation
                ),
            )
            for name in events
        ],
        "open_event": open_event,
        "moved": last_step_sentence(application) if form and status == 409 else "",
        "unsent": form.typed_texts() if form and lost else [],
        "entries": employer_timeline(application),
        "facts": snapshot_facts(application.snapshot) if is_shared else [],
        "resume": snapshot_resume(application.snapshot) if is_shared else None,
        "is_waiting": application.state in WAITING_STATES,
        "talk": talk_of(application, Side.EMPLOYER, request.user, message_form),
        "call": call_panel(application, request.user, outcome_form),
        "check": check_panel(application),
        "panel": panel_of(application, Side.EMPLOYER, request.user),
        **received_offer(application),
        "check_in": open_check_in(application, Side.EMPLOYER, today=today()),
        "panels": panels_on(Place.RECEIVED, request.user, application),
    }
    return render(request, "jobs/applications/received.html", context, status=status)


def _events(application: Application) -> list[str]:
    return possible_events(
        state=application.state,
        actor=EMPLOYER,
        is_removed=application.posting.state == PostingState.REMOVED,
    )
