"""One case: how it stands, and what may be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.care.cases import access, board
from accounts.care.cases.enums import Actor, Service, TaskKind
from accounts.care.cases.forms import CloseForm, ReferralForm, StepForm, TaskForm
from accounts.care.cases.models import Case, Referral, Task
from accounts.care.cases.registry import panels_for, sheets
from accounts.care.cases.rules.attention import is_overdue
from accounts.care.cases.rules.workflow import CASE, REFERRAL
from accounts.care.cases.services import cases, work
from accounts.care.cases.services.steps import Changed, take_step
from accounts.care.cases.words import (
    BUTTONS,
    MAIN,
    REFERRAL_BUTTONS,
    SEEN,
    STEPS,
    WENT_THERE,
)
from accounts.care.safety.access import open_flags_of, shares_plan_with
from accounts.care.scheduling.enums import Topic
from accounts.care.vault.access import counselor_only, grants_of, may
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.http import address_of, care_page
from accounts.care.vault.services.log import note_access
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from accounts.lib.workflow import TransitionRefused

PAGE = "accounts/care/cases/case.html"
# These have a place of their own on the page.
APART = frozenset({"hand_over", "close", "refer_out"})


@require_safe
@care_page(Kind.COUNSELOR)
def case(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.case_for(counselor, case_id)
    return case_page(request, counselor, found)


def case_page(
    request: SignedInRequest,
    counselor: CounselorProfile,
    found: Case,
    *,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """Every opening is written down for the person."""
    note_access(
        subject=found.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action="case.read",
        object_id=found.pk,
        address=address_of(request),
    )
    now = timezone.now()
    (line,) = board.lines_of(counselor, [found], now=now)
    grants = [
        (grant, SEEN.get(Scope(grant.scope), grant.get_scope_display()))
        for grant in grants_of(found.subject, now=now)
        if grant.counselor == counselor
    ]
    context = {
        "case": found,
        "line": line,
        "topic": _topic(found),
        "grants": grants,
        "is_shared": may(found.subject, Scope.SHARE_SUMMARY, counselor),
        "flags": list(open_flags_of(found.subject)),
        "may_plan": shares_plan_with(found.subject, counselor),
        "next_talk": board.next_appointment(found, now=now),
        "buttons": buttons_of(found),
        "events": CASE.events(state=found.state, actor=Actor.COUNSELOR),
        "handover": access.open_handover_of(found),
        "tasks": _tasks(found),
        "referrals": _referrals(found),
        "steps": [
            (step, STEPS.get(step.event, step.event)) for step in access.steps_of(found)
        ],
        "panels": _panels(request, found, counselor),
        "sheets": sheets(),
        "close_form": CloseForm(),
        "task_form": TaskForm(initial={"kind": TaskKind.WRITE}),
        "referral_form": ReferralForm(),
    }
    return render(request, PAGE, context | shown, status=status)


def buttons_of(found: Case) -> list[tuple[str, Any, bool]]:
    """What the table allows now, and whether it is the thing to do next."""
    events = CASE.events(state=found.state, actor=Actor.COUNSELOR)
    if found.accept_by is not None:
        events = [event for event in events if event in ("triage", "give_back")]
    else:
        events = [event for event in events if event != "give_back"]
    shown = [event for event in events if event not in APART]
    main = next((event for event in shown if event in MAIN), "")
    return [(event, BUTTONS[event], event == main) for event in shown]


def _topic(found: Case) -> str:
    topic = cases.topic_of(found)
    return str(Topic(topic).label) if topic in Topic.values else topic


def _tasks(found: Case) -> list[dict[str, Any]]:
    rows = Task.objects.filter(case=found).select_related("subject")
    day = today()
    return [
        {
            "task": task,
            "text": work.text_of(task),
            "is_late": is_overdue(due=task.due, is_done=bool(task.done_at), today=day),
        }
        for task in sorted(
            rows, key=lambda one: (one.done_at is not None, one.due, str(one.pk))
        )
    ]


def _referrals(found: Case) -> list[dict[str, Any]]:
    rows = Referral.objects.filter(case=found).select_related("subject")
    return [
        {
            "referral": row,
            "note": work.note_of(row),
            "buttons": [
                (event, WENT_THERE if event == "went" else REFERRAL_BUTTONS[event])
                for event in REFERRAL.events(state=row.state, actor=Actor.COUNSELOR)
            ],
        }
        for row in rows.order_by("-suggested_at", "pk")
    ]


def _panels(
    request: SignedInRequest, found: Case, counselor: CounselorProfile
) -> list[SafeString]:
    """Each part draws its own; it reads what the person allows at this moment."""
    return [
        render_to_string(
            panel.template, {"case": found, "panel": context, **context}, request
        )
        for panel, context in panels_for(found, counselor)
    ]


@require_POST
@care_page(Kind.COUNSELOR)
def step(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.case_for(counselor, case_id)
    form = StepForm(request.POST)
    if not form.is_valid() or form.cleaned_data["event"] not in {*BUTTONS}:
        raise Http404
    event, version = form.cleaned_data["event"], form.cleaned_data["version"]
    close = CloseForm(request.POST) if event == "close" else None
    if close is not None and not close.is_valid():
        return case_page(request, counselor, found, status=422, close_form=close)
    reason = close.cleaned_data["reason"] if close else ""
    try:
        if event == "give_back":
            cases.give_back(case=found, by=counselor, version=version)
        else:
            take_step(
                case=found,
                event=event,
                actor=Actor.COUNSELOR,
                by=counselor,
                version=version,
                reason=reason,
            )
    except (Changed, TransitionRefused):
        return _stale(
            request, counselor, case_id, **({"close_form": close} if close else {})
        )
    if event == "give_back":
        messages.success(request, _("Given back. Others may take it now."))
        return redirect("cases:today")
    messages.success(request, _("Done."))
    return redirect("cases:case", case_id)


def _stale(
    request: SignedInRequest,
    counselor: CounselorProfile,
    case_id: UUID,
    **shown: Any,
) -> HttpResponse:
    """Read again: what is shown is what stands now, with the words still there."""
    found = access.case_for(counselor, case_id)
    return case_page(request, counselor, found, status=409, is_stale=True, **shown)


@require_POST
@care_page(Kind.COUNSELOR)
def add_task(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.case_for(counselor, case_id)
    form = TaskForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            work.add_task(
                case=found,
                by=counselor,
                kind=TaskKind(told["kind"]),
                text=told["text"],
                due=told["due"],
            )
        except work.TooManyTasks:
            form.add_error(None, _("That is 30 open tasks. Finish one of them first."))
        except work.CaseOver:
            form.add_error(None, _("This case has ended meanwhile."))
        else:
            messages.success(request, _("Noted."))
            return redirect("cases:case", case_id)
    return _again(request, counselor, found, task_form=form)


@require_POST
@care_page(Kind.COUNSELOR)
def turn_task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    task = access.task_for(counselor_only(request.user), task_id)
    event = request.POST.get("event", "")
    try:
        work.turn_task(task=task, event=event)
    except Changed:
        messages.info(request, _("That was so already."))
    return redirect("cases:case", task.case_id)


@require_POST
@care_page(Kind.COUNSELOR)
def add_referral(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.case_for(counselor, case_id)
    form = ReferralForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            work.suggest(
                case=found,
                by=counselor,
                service=Service(told["service"]),
                note=told["note"],
            )
        except work.AlreadyThere:
            form.add_error("service", _("You suggested this already; see above."))
        except work.CaseOver:
            form.add_error(None, _("This case has ended meanwhile."))
        else:
            messages.success(request, _("Suggested. The person decides about it."))
            return redirect("cases:case", case_id)
    return _again(request, counselor, found, referral_form=form)


def _again(
    request: SignedInRequest,
    counselor: CounselorProfile,
    found: Case,
    **shown: forms.Form,
) -> HttpResponse:
    return case_page(request, counselor, found, status=422, **shown)


@require_POST
@care_page(Kind.COUNSELOR)
def turn_referral(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    referral = access.referral_for(counselor_only(request.user), referral_id)
    try:
        work.step_referral(
            referral=referral,
            event=request.POST.get("event", ""),
            actor=Actor.COUNSELOR,
        )
    except Changed:
        messages.info(request, _("That changed meanwhile. Please look again."))
    else:
        messages.success(request, _("Done."))
    return redirect("cases:case", referral.case_id)
