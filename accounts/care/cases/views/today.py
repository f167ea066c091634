"""A counselor's day, their cases, and those that nobody has yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.care.cases import access, board
from accounts.care.cases.enums import ENDED, CaseState
from accounts.care.cases.models import Case
from accounts.care.cases.rules.attention import days_of
from accounts.care.cases.rules.order import Place, gravest
from accounts.care.cases.services import cases
from accounts.care.cases.services.steps import Changed
from accounts.care.scheduling.talk_access import needs_outcome, paused_among
from accounts.care.vault.access import counselor_only, has_role
from accounts.care.vault.enums import Role
from accounts.care.vault.http import care_page
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import SHANGHAI, local_day

MOST_SHOWN = 30


@require_safe
@care_page(Kind.COUNSELOR)
def today(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    now = timezone.now()
    begins = datetime.combine(local_day(now), time(0), tzinfo=SHANGHAI)
    lines = board.lines_of(counselor, list(access.open_cases_of(counselor)), now=now)
    context = {
        "talks": board.talks_of(
            counselor, start=begins, end=begins + timedelta(days=1), now=now
        ),
        "lines": [line for line in lines if line.needs_something],
        "total": len(lines),
        "handovers": named_handovers(counselor),
        "open_outcomes": needs_outcome(counselor, now=now).count(),
        "unassigned": len(waiting_for(counselor)),
        "is_lead": has_role(counselor, Role.SUPERVISOR),
        **_load(counselor),
    }
    return render(request, "accounts/care/cases/today.html", context)


def named_handovers(counselor: CounselorProfile) -> list[tuple[UUID, str]]:
    rows = list(access.handovers_to(counselor))
    names = access.names_of([row.subject for row in rows])
    return [(row.pk, names.get(row.subject_id, "")) for row in rows]


def _load(counselor: CounselorProfile) -> dict[str, int]:
    load, cap = access.load_on(counselor), access.cap_of(counselor)
    return {"load": load, "cap": cap, "room": max(cap - load, 0)}


@require_safe
@care_page(Kind.COUNSELOR)
def caseload(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    now = timezone.now()
    lines = board.lines_of(counselor, list(access.all_cases_of(counselor)), now=now)
    running = [line for line in lines if line.case.is_open]
    state = request.GET.get("state", "")
    needs = request.GET.get("needs") == "1"
    shown = _filtered(lines, running, state=state, needs=needs)
    context = {
        "lines": shown,
        "state": state if state in CaseState.values else "",
        "needs": needs,
        "total": len(running),
        "needing": sum(line.needs_something for line in running),
        "states": [
            (one.value, one.label, number)
            for one in CaseState
            if (number := sum(line.case.state == one for line in lines))
        ],
        **_load(counselor),
    }
    return render(request, "accounts/care/cases/list.html", context)


def _filtered(
    lines: list[board.Line], running: list[board.Line], *, state: str, needs: bool
) -> list[board.Line]:
    if needs:
        return [line for line in running if line.needs_something]
    if state in ENDED:
        ended = [line for line in lines if line.case.state == state]
        return sorted(ended, key=lambda line: str(line.case.closed_at), reverse=True)
    if state in CaseState.values:
        return [line for line in running if line.case.state == state]
    return running


@require_safe
@care_page(Kind.COUNSELOR)
def queue(request: SignedInRequest) -> HttpResponse:
    """No names and no reasons: whoever takes one on learns them then."""
    counselor = counselor_only(request.user)
    now = timezone.now()
    waiting = waiting_for(counselor)
    paused = paused_among([case.subject_id for case in waiting[:MOST_SHOWN]])
    context = {
        "rows": [
            (
                case,
                days_of(case.waiting_since or case.opened_at, now=now),
                case.subject_id in paused,
            )
            for case in waiting[:MOST_SHOWN]
        ],
        "total": len(waiting),
        **_load(counselor),
    }
    return render(request, "accounts/care/cases/queue.html", context)


def waiting_for(counselor: CounselorProfile) -> list[Case]:
    """The most urgent first, without those that this counselor must not meet."""
    found = [
        case
        for case in access.unassigned_cases()
        if not cases.must_not_meet(case.subject, counselor)
    ]
    levels = access.levels_of([case.subject_id for case in found])
    places = {
        case.pk: Place(
            level=gravest(levels.get(case.subject_id, ())),
            is_overdue=False,
            waiting_since=case.waiting_since,
            opened_at=case.opened_at,
            key=str(case.pk),
        ).order
        for case in found
    }
    return sorted(found, key=lambda case: places[case.pk])


@require_POST
@care_page(Kind.COUNSELOR)
def take(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    case = access.unassigned_case(case_id)
    try:
        cases.take(case=case, counselor=counselor)
    except cases.NoRoom:
        messages.error(
            request,
            _("You carry as much as one may. Bring a case to an end first."),
        )
    except cases.NotAvailable:
        messages.error(request, _("This case is not available to you."))
    except Changed:
        messages.error(request, _("Somebody was quicker. This case has been taken."))
    else:
        messages.success(request, _("You took it on. The person has been told."))
        return redirect("cases:case", case_id)
    return redirect("cases:queue")
