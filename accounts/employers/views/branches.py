"""Places of work without a code of their own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.employers import access
from accounts.employers.enums import MemberRole
from accounts.employers.forms import BranchForm
from accounts.employers.groups import branch_of, branches_of
from accounts.employers.models import Branch, Organization
from accounts.employers.services import branches as services
from accounts.identity.http import SignedInRequest
from accounts.lib.places import city_by_code


@require_http_methods(["GET", "HEAD", "POST"])
def branches(request: SignedInRequest) -> HttpResponse:
    """Read by all of the organisation, changed by administrators."""
    membership = access.membership_for(request.user)
    form = BranchForm(request.POST or None)
    if request.method == "POST":
        organization = access.admin_organization_for(request.user)
        if form.is_valid() and _saved(request, organization, form):
            messages.success(request, _("Saved."))
            return redirect("employers:branches")
    context = {
        "organization": membership.organization,
        "is_admin": membership.role == MemberRole.ADMIN,
        "rows": [(row, place_of(row)) for row in branches_of(membership.organization)],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/employers/branches.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.admin_organization_for(request.user)
    branch = branch_of(organization, public_id)
    form = BranchForm(request.POST or None, initial=_initial(branch))
    if request.method == "POST" and form.is_valid():
        if _saved(request, organization, form, branch):
            messages.success(request, _("Saved."))
            return redirect("employers:branches")
    context = {"organization": organization, "branch": branch, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/employers/branch.html", context, status=status)


@require_POST
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.admin_organization_for(request.user)
    branch = branch_of(organization, public_id)
    services.close_branch(branch=branch, actor=request.user)
    text = _("%(name)s is not offered any more. Its postings stay as they are.")
    messages.success(request, text % {"name": branch.name})
    return redirect("employers:branches")


def _saved(
    request: SignedInRequest,
    organization: Organization,
    form: BranchForm,
    branch: Branch | None = None,
) -> bool:
    try:
        services.save_branch(
            organization=organization,
            actor=request.user,
            values=form.cleaned_data,
            branch=branch,
        )
    except services.NameTaken:
        form.add_error("name", _("You have a place of this name already."))
    except services.TooManyBranches:
        form.add_error(None, _("200 places are the most. Please close one first."))
    return form.is_valid()


def _initial(branch: Branch) -> dict[str, str]:
    city = city_by_code(branch.city_code)
    names = [city.zh_hans if city else "", branch.district]
    return {
        "name": branch.name,
        "city": " ".join(name for name in names if name),
        "address": branch.address,
    }


def place_of(branch: Branch) -> str:
    city = city_by_code(branch.city_code)
    name = city.name(get_language() or "zh-hans") if city else ""
    return " · ".join(filter(None, (name, branch.district, branch.address)))
