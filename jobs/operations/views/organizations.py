from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from accounts.identity.services.audit import record_event
from accounts.lib.keyset import newest_first
from jobs.operations import access
from jobs.operations.forms import OrganizationSearch
from jobs.postings.enums import PostingState
from jobs.screening.cases import record_context

PAGE_SIZE = 30


@require_safe
def organizations(request: SignedInRequest) -> HttpResponse:
    form = OrganizationSearch(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = access.organizations(
        request.user, words=asked.get("q", ""), state=asked.get("state", "")
    )
    page = newest_first(found, request, by="created_at", size=PAGE_SIZE)
    counts = access.counts_of(list(page.rows))
    now = timezone.now()
    context = {
        "form": form if form.is_bound else OrganizationSearch(),
        "rows": [(row, counts[row.pk], row.is_verified(now=now)) for row in page.rows],
        "page": page,
        "total": found.count(),
    }
    return render(request, "jobs/operations/organizations.html", context)


@require_safe
def organization(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.organization(request.user, public_id)
    record_event(action="operations.organization_read", actor=request.user, on=found)
    labels = dict(PostingState.choices)
    states = access.postings_by_state(found)
    context = record_context(found) | {
        "is_verified": found.is_verified(now=timezone.now()),
        "members": access.counts_of([found])[found.pk]["members"],
        "postings": [(labels.get(state, state), number) for state, number in states],
        "answers": getattr(found, "response_record", None),
    }
    return render(request, "jobs/operations/organization.html", context)
