"""Who leads and who keeps the calendars: appointed by who runs the site."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.care.reports import access
from accounts.care.reports.forms import AppointForm
from accounts.care.reports.services import team as services
from accounts.care.vault.access import team_roles
from accounts.care.vault.enums import Role
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.OPERATOR)
def team(request: SignedInRequest) -> HttpResponse:
    form = AppointForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _appoint(form):
        messages.success(request, _("It holds from now on."))
        return redirect("care_reports:team")
    context = {"form": form, "roles": team_roles()}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/care/reports/team.html", context, status=status)


@require_POST
@care_page(Kind.OPERATOR)
def withdraw(request: SignedInRequest, role_id: UUID) -> HttpResponse:
    services.withdraw(team_role=access.role_to_withdraw(role_id))
    messages.success(request, _("The role has ended at this moment."))
    return redirect("care_reports:team")


def _appoint(form: AppointForm) -> bool:
    data = form.cleaned_data
    try:
        services.appoint(counselor=data["counselor"], role=Role(data["role"]))
    except services.WorksForEmployer:
        form.add_error(
            "counselor",
            _("This person is linked to an employer. Nobody can be both."),
        )
        return False
    except services.NotForThisPerson:
        form.add_error("counselor", _("The credential is not checked at the moment."))
        return False
    return True
