"""Where a counselor works or worked: they never meet the people who applied there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.care.cases import access
from accounts.care.cases.forms import TieForm
from accounts.care.cases.rules.ties import counts_until, is_live
from accounts.care.cases.services import ties as services
from accounts.care.vault.access import counselor_only
from accounts.care.vault.http import care_page
from accounts.counselors.models import CounselorProfile
from accounts.employers.access import find_organizations, organizations_by_id
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from accounts.lib.text import clean_line

PAGE = "accounts/care/cases/ties.html"


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def ties(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    asked = clean_line(request.GET.get("q", ""))[:60]
    chosen = request.POST.get("organization", "") if request.method == "POST" else ""
    found = find_organizations(asked) if len(asked) > 1 else []
    rows = [
        (
            one,
            TieForm(
                request.POST if str(one.public_id) == chosen else None,
                auto_id=f"id_{one.pk}_%s",
            ),
        )
        for one in found
    ]
    for organization, form in rows:
        if form.is_bound and form.is_valid():
            services.declare(
                counselor=counselor,
                organization_id=organization.public_id,
                left_on=form.cleaned_data["left_on"],
            )
            messages.success(request, _("Noted. Thank you for telling us."))
            return redirect("cases:ties")
    context = {"asked": asked, "rows": rows, "ties": _own(counselor)}
    status = 422 if request.method == "POST" else 200
    return render(request, PAGE, context, status=status)


def _own(counselor: CounselorProfile) -> list[dict[str, Any]]:
    found = list(access.ties_of(counselor))
    names = organizations_by_id([tie.organization_id for tie in found])
    day = today()
    return [
        {
            "tie": tie,
            "name": names.get(tie.organization_id, ""),
            "until": counts_until(tie.left_on) if tie.left_on else None,
            "is_live": is_live(left_on=tie.left_on, today=day),
        }
        for tie in found
    ]


@require_POST
@care_page(Kind.COUNSELOR)
def end_tie(request: SignedInRequest, tie_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    services.take_away(tie=access.tie_for(counselor, tie_id))
    messages.success(request, _("Taken away."))
    return redirect("cases:ties")
