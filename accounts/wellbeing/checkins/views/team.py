"""Single answers, for the one counselor whom the person lets see them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.care.cases.access import case_for
from accounts.care.vault import access as vault
from accounts.care.vault.enums import Reader
from accounts.care.vault.http import address_of, care_page
from accounts.care.vault.services.log import note_access
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.panel import sheets_of

PAGE = "accounts/wellbeing/checkins/items.html"


@require_safe
@care_page(Kind.COUNSELOR)
def items(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Asked at every look: a yes that was taken back is a 404 in the same second."""
    counselor = vault.counselor_only(request.user)
    case = case_for(counselor, case_id)
    if not access.shares_items(case.subject, counselor):
        raise Http404
    note_access(
        subject=case.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action="checkin.items",
        object_id=case.pk,
        address=address_of(request),
    )
    return render(request, PAGE, {"case": case, "sheets": sheets_of(case.subject)})
