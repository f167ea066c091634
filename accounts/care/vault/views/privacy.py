"""What somebody allowed in care, and who looked: read, and taken back in one tap."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.care.vault import access
from accounts.care.vault.http import care_page
from accounts.care.vault.services import grants
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

PAGE = "accounts/care/vault/privacy.html"


@require_safe
@care_page(Kind.SEEKER)
def privacy(request: SignedInRequest) -> HttpResponse:
    subject = access.subject_of(request.user)
    now = timezone.now()
    context = {
        "grants": list(access.grants_of(subject, now=now)) if subject else [],
        "looks": access.looks_at(subject) if subject else [],
    }
    return render(request, PAGE, context)


@require_POST
@care_page(Kind.SEEKER)
def revoke(request: SignedInRequest, grant_id: UUID) -> HttpResponse:
    grants.revoke(grant=access.grant_for(request.user, grant_id))
    messages.success(request, _("Taken back. It ended at this moment."))
    return redirect("vault:privacy")
