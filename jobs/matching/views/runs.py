"""How the nightly making of lists goes: for the people who run the site."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from accounts.identity.switches import is_on
from jobs.matching.access.stored import match_runs
from jobs.matching.pages.runs import RunRow
from jobs.matching.services import nightly
from jobs.matching.tasks import recompute_matches

SHOWN = 14


@require_safe
def runs(request: SignedInRequest) -> HttpResponse:
    rows = [RunRow(run) for run in match_runs(request.user)[:SHOWN]]
    current = next((row for row in rows if row.run.finished_at is None), None)
    context = {"rows": rows, "current": current}
    return render(request, "jobs/matching/runs.html", context)


@require_POST
def begin(request: SignedInRequest) -> HttpResponse:
    """Not at night but now; the work itself is a task's."""
    match_runs(request.user)
    if not is_on("nightly_matching"):
        messages.info(request, _("This is switched off. Nothing was begun."))
        return redirect("matching:runs")
    run = nightly.begin_run(actor=request.user)
    recompute_matches.delay_on_commit()
    if run.total:
        messages.success(request, _("Begun. Look again in a moment."))
    else:
        messages.info(request, _("Every list is up to date already."))
    return redirect("matching:runs")
