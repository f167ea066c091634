from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.employers.groups import branches_of
from accounts.employers.services.guard import note_debtor_data
from accounts.employers.views.branches import place_of
from accounts.identity.http import SignedInRequest
from accounts.lib.text import clean_line
from jobs.insights.access import membership_of
from jobs.insights.forms import StartForm
from jobs.postings.branches import begin_at_branch


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """Begin a posting at one of the organisation's places; without any, begin as usual."""
    membership = membership_of(request.user)
    if membership is None:
        return redirect("employers:overview")
    organization = membership.organization
    places = [(row, place_of(row)) for row in branches_of(organization)]
    if not places:
        return redirect("editor:start")
    form = StartForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        posting = begin_at_branch(
            branch=form.branch,
            actor=request.user,
            title=clean_line(form.cleaned_data["title"]),
        )
        messages.success(request, _("The draft is saved. Its place is filled in."))
        return redirect("editor:step", posting.public_id, "work")
    note_debtor_data(
        organization=organization, actor=request.user, hits=form.debtor_hits()
    )
    context = {"form": form, "organization": organization}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/insights/start.html", context, status=status)
