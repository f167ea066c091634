from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.employers.access import membership_or_none
from accounts.identity.http import SignedInRequest
from jobs.api.access import connections_of
from jobs.postings.access import employer_only


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """How programs of the organisation and this site reach each other."""
    employer_only(request.user)
    membership = membership_or_none(request.user)
    if membership is None:
        return redirect("employers:overview")
    context = {"connections": connections_of(membership)}
    return render(request, "jobs/api/connections.html", context)
