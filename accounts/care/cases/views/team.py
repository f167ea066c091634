"""What the lead counselor sees of the team: figures without names, and leave cover."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.care.cases import access
from accounts.care.cases.enums import Actor
from accounts.care.cases.forms import CoverForm
from accounts.care.cases.models import Case
from accounts.care.cases.rules.attention import days_of
from accounts.care.cases.rules.order import gravest
from accounts.care.cases.services import cases
from accounts.care.cases.services.steps import Changed
from accounts.care.cases.team import rows_of
from accounts.care.safety.enums import Level
from accounts.care.scheduling.talk_access import length_of_list
from accounts.care.vault.access import supervisor_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_safe
@care_page(Kind.COUNSELOR)
def team(request: SignedInRequest) -> HttpResponse:
    supervisor_only(request.user)
    now = timezone.now()
    unassigned = list(access.unassigned_cases())
    waits = [case.waiting_since or case.opened_at for case in unassigned]
    context = {
        "rows": rows_of(now=now),
        "unassigned": len(unassigned),
        "oldest": days_of(min(waits), now=now) if waits else None,
        "list": length_of_list(),
    }
    return render(request, "accounts/care/cases/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def cover(request: SignedInRequest, counselor_id: UUID) -> HttpResponse:
    """Cases of somebody who is away, or that cannot stay with them; no names."""
    supervisor = supervisor_only(request.user)
    away = access.counselor_of_team(counselor_id)
    found = {str(case.pk): case for case in access.cases_to_cover(away)}
    chosen = request.POST.get("case", "") if request.method == "POST" else ""
    if chosen and chosen not in found:
        messages.info(request, _("That changed meanwhile. Please look again."))
        return redirect("cases:cover", counselor_id)
    rows = [
        _row(case, request.POST if key == chosen else None)
        for key, case in found.items()
    ]
    status = 200
    if chosen:
        case = found[chosen]
        form = next(row["form"] for row in rows if row["case"] == case)
        if form.is_valid() and _reassign(case, form, supervisor):
            messages.success(request, _("Given on. The person has been told."))
            return redirect("cases:cover", counselor_id)
        status = 422
    elif not rows and request.method == "POST":
        raise Http404
    context = {
        "away": away,
        "rows": rows,
        "is_away": access.must_be_covered(away),
    }
    return render(request, "accounts/care/cases/cover.html", context, status=status)


def _reassign(case: Case, form: CoverForm, supervisor: Any) -> bool:
    try:
        cases.assign(
            case=case,
            counselor=form.cleaned_data["to"],
            actor=Actor.SUPERVISOR,
            by=supervisor,
        )
    except (cases.NoRoom, cases.NotAvailable, Changed):
        form.add_error("to", _("This counselor is not available."))
        return False
    return True


def _row(case: Case, data: Any) -> dict[str, Any]:
    level = gravest(access.levels_of([case.subject_id]).get(case.subject_id, ()))
    return {
        "case": case,
        "level": level,
        "level_label": Level(level).label if level else "",
        "form": CoverForm(
            data,
            others=access.could_take_over(case),
            auto_id=f"id_{str(case.pk)[:8]}_%s",
        ),
    }
