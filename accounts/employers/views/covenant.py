from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.employers import access
from accounts.employers.enums import MemberRole
from accounts.employers.forms import CovenantForm
from accounts.employers.services.covenant import accept_covenant
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def covenant(request: SignedInRequest) -> HttpResponse:
    """The promise to answer; read by all of the organisation, given by administrators."""
    membership = access.membership_for(request.user)
    after = _after(request)
    form = CovenantForm(request.POST or None)
    if request.method == "POST":
        organization = access.admin_organization_for(request.user)
        if form.is_valid():
            accept_covenant(organization=organization, actor=request.user)
            messages.success(request, _("Thank you. Everybody gets an answer."))
            return redirect(after)
    context = {
        "organization": membership.organization,
        "is_admin": membership.role == MemberRole.ADMIN,
        "form": form,
        "after": after,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/employers/covenant.html", context, status=status)


def _after(request: SignedInRequest) -> str:
    """Back to the posting that waits to be sent in, otherwise to the overview."""
    target = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else reverse("employers:overview")
