from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from jobs.postings.history import state_mark
from jobs.screening import access
from jobs.screening.enums import RunState
from jobs.screening.explain import shown_rule
from jobs.screening.models.rescreening import RescreenRun
from jobs.screening.report import by_rule
from jobs.screening.rules.rescreening import MOST_UNREAD, MOST_UNREAD_PERCENT
from jobs.screening.sample_forms import RunReasonForm
from jobs.screening.services import errors, rescreening, rescreening_outcome
from jobs.screening.tasks import rescreen_postings
from jobs.screening.views.moderation import sentence_for

PAGE_SIZE = 40
# So many are closed while the moderator's page loads; a task does the rest.
AT_ONCE = 50


@require_safe
def runs(request: SignedInRequest) -> HttpResponse:
    found = access.rescreen_runs(request.user)
    context = {
        "runs": found[:PAGE_SIZE],
        "is_under_way": found.filter(state__in=rescreening.OPEN_RUNS).exists(),
        "unread": rescreening.read_by_other_rules().count(),
    }
    return render(request, "jobs/screening/rescreening.html", context)


@require_POST
def begin(request: SignedInRequest) -> HttpResponse:
    """Not at night but now; the reading itself is a task's."""
    access.moderators_only(request.user)
    run = rescreening.begin_run(again=True)
    if run is None:
        messages.info(request, _("Everything was read by today's rules already."))
        return redirect("screening:rescreening")
    rescreen_postings.delay_on_commit()
    return redirect("screening:rescreen_run", run.public_id)


@require_safe
def run(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.rescreen_run_for(request.user, public_id)
    return _run_page(request, found, RunReasonForm())


def _run_page(
    request: SignedInRequest, found: RescreenRun, form: RunReasonForm
) -> HttpResponse:
    changes = found.changes.select_related("posting__organization")
    rows = by_rule(changes.iterator(chunk_size=1000))
    context = {
        "run": found,
        "rows": [(row, shown_rule(row.rule)) for row in rows],
        "form": form,
        "limits": {"count": MOST_UNREAD, "percent": MOST_UNREAD_PERCENT},
        "waiting": changes.filter(applied_at__isnull=True).count(),
        "handled": changes.filter(applied_at__isnull=False).count(),
    }
    return render(request, "jobs/screening/rescreen_run.html", context)


@require_POST
def decide_run(request: SignedInRequest, public_id: UUID, word: str) -> HttpResponse:
    found = access.rescreen_run_for(request.user, public_id)
    form = RunReasonForm(request.POST)
    if not form.is_valid():
        return _run_page(request, found, form)
    decide = {
        "confirm": rescreening_outcome.confirm_run,
        "cancel": rescreening_outcome.cancel_run,
    }[word]
    try:
        decided = decide(
            run=found, actor=request.user, reason=form.cleaned_data["reason"]
        )
    except errors.ScreeningError as error:
        messages.error(request, sentence_for(error))
        return redirect("screening:rescreen_run", public_id)
    if decided.state == RunState.APPLYING:
        rescreening_outcome.carry_out(run=decided, limit=AT_ONCE)
        rescreen_postings.delay_on_commit()
        messages.success(request, _("Confirmed. What closes is closed first."))
    else:
        messages.success(request, _("Cancelled. Nothing was changed."))
    return redirect("screening:rescreen_run", public_id)


@require_safe
def rule_changes(request: SignedInRequest) -> HttpResponse:
    """What new rules closed or doubt, for a person to look at."""
    rows = access.changes_to_look_at(request.user)
    context = {
        "rows": [
            (
                row,
                state_mark(row.posting),
                [rule for rule in map(shown_rule, row.rules_added) if rule],
            )
            for row in rows[:PAGE_SIZE]
        ],
        "total": rows.count(),
        "ready": access.rescreen_runs(request.user)
        .filter(state=RunState.READY)
        .first(),
        "tab": "rule_changes",
        "counts": access.queue_counts(request.user),
    }
    return render(request, "jobs/screening/rule_changes.html", context)


@require_POST
def look(request: SignedInRequest, pk: int) -> HttpResponse:
    change = access.change_for(request.user, pk)
    try:
        rescreening_outcome.look_at_change(change=change, actor=request.user)
    except errors.ScreeningError as error:
        messages.error(request, sentence_for(error))
    else:
        messages.success(request, _("Noted."))
    return redirect("screening:rule_changes")
