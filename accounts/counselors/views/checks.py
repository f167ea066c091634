"""For the people who check counselors before anybody sees them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.counselors import access
from accounts.counselors.enums import SCOPE_HELP, Scope
from accounts.counselors.forms import ReasonForm, SuspendForm, VerifyForm
from accounts.counselors.models import CounselorProfile
from accounts.counselors.registry import check_notes
from accounts.counselors.services import verification
from accounts.counselors.views.pages import rows_of
from accounts.identity.http import SignedInRequest

SHOWN = 100
# Two forms of the page ask for a reason: their ids differ.
SUSPEND_IDS = "suspend_%s"


@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    found = list(access.counselors_to_check_for(request.user)[:SHOWN])
    return render(request, "accounts/counselors/verifications.html", {"found": found})


@require_safe
def check(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    profile = access.counselor_to_check_for(request.user, public_id)
    return _page(request, profile)


@require_POST
def verify(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    profile = access.counselor_to_check_for(request.user, public_id)
    form = VerifyForm(request.POST, last_day=access.readiness_of(profile).last_day)
    if not form.is_valid():
        return _page(request, profile, verify=form)
    try:
        verification.verify_counselor(
            profile=profile,
            actor=request.user,
            expires_at=form.cleaned_data["until"],
            note=form.cleaned_data["note"],
        )
    except verification.PapersMissing:
        messages.error(request, _("Not confirmed. Accept the credential first."))
        return _page(request, profile, verify=form)
    except verification.PaperEndsSooner as sooner:
        day = {"day": sooner.last_day.isoformat()}
        form.add_error("until", _("Choose a day between tomorrow and %(day)s.") % day)
        return _page(request, profile, verify=form)
    except verification.NotNow:
        return _too_late(request)
    messages.success(request, _("Checked. The counselor is told."))
    return redirect("counselors:verifications")


@require_POST
def send_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    profile = access.counselor_to_check_for(request.user, public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, profile, reason=form)
    try:
        verification.send_back_counselor(
            profile=profile, actor=request.user, reason=form.cleaned_data["reason"]
        )
    except verification.NotNow:
        return _too_late(request)
    messages.success(request, _("Sent back. The counselor reads your reason."))
    return redirect("counselors:verifications")


@require_POST
def suspend(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Hide a counselor with a reason, or open the page again (`to=open`)."""
    profile = access.counselor_to_check_for(request.user, public_id)
    form = SuspendForm(request.POST, auto_id=SUSPEND_IDS)
    try:
        # What is wanted is said by the form: a second tap must not undo the first.
        if request.POST.get("to") == "open":
            verification.reinstate_counselor(profile=profile, actor=request.user)
            messages.success(request, _("Open again. It has to be checked again."))
            return redirect("counselors:check", public_id=public_id)
        if not form.is_valid():
            return _page(request, profile, suspend=form)
        verification.suspend_counselor(
            profile=profile, actor=request.user, reason=form.cleaned_data["reason"]
        )
    except verification.NotNow:
        return _too_late(request)
    messages.success(request, _("Suspended. The counselor reads your reason."))
    return redirect("counselors:check", public_id=public_id)


def _too_late(request: SignedInRequest) -> HttpResponse:
    messages.info(request, _("Somebody else has decided this meanwhile."))
    return redirect("counselors:verifications")


def _page(
    request: SignedInRequest,
    profile: CounselorProfile,
    *,
    verify: VerifyForm | None = None,
    reason: ReasonForm | None = None,
    suspend: SuspendForm | None = None,
) -> HttpResponse:
    ready = access.readiness_of(profile)
    context = {
        "check_notes": check_notes(profile),
        "profile": profile,
        "help": SCOPE_HELP[Scope(profile.scope)],
        "papers": rows_of(profile, to_send=False),
        "is_expiring": profile.is_expiring(now=timezone.now()),
        "not_accepted": bool(ready.to_confirm),
        "verify_form": verify or VerifyForm(last_day=ready.last_day),
        "reason_form": reason or ReasonForm(),
        "suspend_form": suspend or SuspendForm(auto_id=SUSPEND_IDS),
        "bound": verify or reason or suspend,
    }
    return render(request, "accounts/counselors/check.html", context)
