"""For the people who check organisations before they may publish."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from accounts.employers import access
from accounts.employers.forms import ReasonForm, SuspendForm, VerifyForm
from accounts.employers.models import Organization
from accounts.employers.places import city_name
from accounts.employers.services import verification
from accounts.employers.services.errors import Blocked, NotNow
from accounts.identity.http import SignedInRequest
from accounts.identity.rules.phones import shown_phone

SHOWN = 100
# Two forms of the page ask for a reason: their ids differ.
SUSPEND_IDS = "suspend_%s"
STILL_BLOCKED = gettext_noop(
    "Its code is on the list of blocked organisations. Lift the block first, or send "
    "it back."
)


@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    found = list(access.organizations_to_check_for(request.user)[:SHOWN])
    context = {"found": found}
    return render(request, "accounts/employers/verifications.html", context)


@require_safe
def check(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.organization_to_check_for(request.user, public_id)
    return _page(request, organization)


@require_POST
def verify(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.organization_to_check_for(request.user, public_id)
    form = VerifyForm(request.POST)
    if not form.is_valid():
        return _page(request, organization, verify=form)
    try:
        verification.verify_organization(
            organization=organization,
            actor=request.user,
            expires_at=form.cleaned_data["until"],
            note=form.cleaned_data["note"],
            asked=request.POST.get("asked", ""),
        )
    except Blocked:
        messages.error(request, _(STILL_BLOCKED))
        return redirect("employers:check", public_id=public_id)
    except NotNow:
        return _too_late(request)
    messages.success(request, _("Checked. The organisation is told."))
    return redirect("employers:verifications")


@require_POST
def send_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.organization_to_check_for(request.user, public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, organization, reason=form)
    try:
        verification.send_back_organization(
            organization=organization,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
    except NotNow:
        return _too_late(request)
    messages.success(request, _("Sent back. The organisation reads your reason."))
    return redirect("employers:verifications")


@require_POST
def suspend(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Stop an organisation with a reason, or open it again (`to=open`)."""
    organization = access.organization_to_check_for(request.user, public_id)
    form = SuspendForm(request.POST, auto_id=SUSPEND_IDS)
    try:
        # What is wanted is said by the form: a second tap must not undo the first.
        if request.POST.get("to") == "open":
            verification.reinstate_organization(
                organization=organization, actor=request.user
            )
            messages.success(request, _("Open again. It has to be checked again."))
            return redirect("employers:check", public_id=public_id)
        if not form.is_valid():
            return _page(request, organization, suspend=form)
        verification.suspend_organization(
            organization=organization,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
    except NotNow:
        return _too_late(request)
    messages.success(request, _("Suspended. The organisation reads your reason."))
    return redirect("employers:check", public_id=public_id)


def _too_late(request: SignedInRequest) -> HttpResponse:
    messages.info(request, _("Somebody else has decided this meanwhile."))
    return redirect("employers:verifications")


def _page(
    request: SignedInRequest,
    organization: Organization,
    *,
    verify: VerifyForm | None = None,
    reason: ReasonForm | None = None,
    suspend: SuspendForm | None = None,
) -> HttpResponse:
    context = {
        "organization": organization,
        "city_name": city_name(organization),
        "phone": shown_phone(organization.contact_phone),
        "matches": access.blocked_matches(organization),
        "verify_form": verify or VerifyForm(),
        "reason_form": reason or ReasonForm(),
        "suspend_form": suspend or SuspendForm(auto_id=SUSPEND_IDS),
        "bound": verify or reason or suspend,
    }
    return render(request, "accounts/employers/check.html", context)
