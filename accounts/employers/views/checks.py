"""For the people who check organisations before they may publish."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.employers import access
from accounts.employers.enums import VerificationState
from accounts.employers.forms import ReasonForm, VerifyForm
from accounts.employers.models import Organization
from accounts.employers.places import city_name
from accounts.employers.services import verification
from accounts.employers.services.errors import NotNow
from accounts.identity.http import SignedInRequest

SHOWN = 100


@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    found = list(access.organizations_to_check_for(request.user)[:SHOWN])
    context = {"found": found}
    return render(request, "accounts/employers/verifications.html", context)


@require_safe
def check(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.organization_to_check_for(request.user, public_id)
    return _page(request, organization, VerifyForm(), ReasonForm())


@require_POST
def verify(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.organization_to_check_for(request.user, public_id)
    form = VerifyForm(request.POST)
    if not form.is_valid():
        return _page(request, organization, form, ReasonForm())
    try:
        verification.verify_organization(
            organization=organization,
            actor=request.user,
            expires_at=form.cleaned_data["until"],
            note=form.cleaned_data["note"],
        )
    except NotNow:
        return _too_late(request)
    messages.success(request, _("Checked. The organisation is told."))
    return redirect("employers:verifications")


@require_POST
def send_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    organization = access.organization_to_check_for(request.user, public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, organization, VerifyForm(), form)
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


@require_http_methods(["POST"])
def suspend(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Stop an organisation, or open it again: one switch with a reason."""
    organization = access.organization_to_check_for(request.user, public_id)
    try:
        if organization.verification == VerificationState.SUSPENDED:
            verification.reinstate_organization(
                organization=organization, actor=request.user
            )
            messages.success(request, _("Open again. It has to be checked again."))
            return redirect("employers:check", public_id=public_id)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Please give a reason."))
            return redirect("employers:check", public_id=public_id)
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
    request: SignedInRequest, organization: Organization, verify: Form, reason: Form
) -> HttpResponse:
    context = {
        "organization": organization,
        "city_name": city_name(organization),
        "verify_form": verify,
        "reason_form": reason,
        "bound": next((form for form in (verify, reason) if form.is_bound), None),
    }
    return render(request, "accounts/employers/check.html", context)
