"""For the people who check organisations before they may publish."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from accounts.employers import access
from accounts.employers.forms import ReasonForm, VerifyForm
from accounts.employers.models import Organization
from accounts.employers.places import city_name
from accounts.employers.services import verification
from accounts.employers.services.errors import (
    Blocked,
    NotNow,
    PaperEndsSooner,
    PapersMissing,
)
from accounts.employers.views import papers
from accounts.evidence.access import PaperRow
from accounts.evidence.enums import DocumentKind
from accounts.identity.http import SignedInRequest
from accounts.identity.rules.phones import shown_phone

SHOWN = 100
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
    last_day = access.readiness_of(organization).last_day
    form = VerifyForm(request.POST, last_day=last_day)
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
    except PapersMissing as missing:
        messages.error(request, _not_accepted(missing))
        return _page(request, organization, verify=form)
    except PaperEndsSooner as sooner:
        form.add_error("until", _sooner(sooner))
        return _page(request, organization, verify=form)
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


def _not_accepted(missing: PapersMissing) -> str:
    names = _("; ").join(str(DocumentKind(kind).label) for kind in missing.papers)
    return _("Not confirmed. These papers are not accepted yet: %(names)s.") % {
        "names": names
    }


def _sooner(sooner: PaperEndsSooner) -> str:
    return _("Choose a day between tomorrow and %(day)s.") % {
        "day": sooner.last_day.isoformat()
    }


def _what_to_mend(rows: list[PaperRow]) -> str:
    """The reasons given paper by paper, as a first draft of the note."""
    return "\n".join(
        f"{row.kind.label}: {row.document.reason}"
        for row in rows
        if row.document is not None and row.document.reason
    )


def _too_late(request: SignedInRequest) -> HttpResponse:
    messages.info(request, _("Somebody else has decided this meanwhile."))
    return redirect("employers:verifications")


def _page(
    request: SignedInRequest,
    organization: Organization,
    *,
    verify: VerifyForm | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    rows = papers.rows_of(organization, to_send=False)
    ready = access.readiness_of(organization)
    context = {
        "organization": organization,
        "papers": rows,
        "not_accepted": [DocumentKind(kind).label for kind in ready.to_confirm],
        "is_expiring": organization.is_expiring(now=timezone.now()),
        "city_name": city_name(organization),
        "phone": shown_phone(organization.contact_phone),
        "matches": access.blocked_matches(organization),
        "verify_form": verify or VerifyForm(last_day=ready.last_day),
        "reason_form": reason or ReasonForm(initial={"reason": _what_to_mend(rows)}),
        "bound": verify or reason,
    }
    return render(request, "accounts/employers/check.html", context)
