"""How we stand: our own record, beside the board's, and what would improve it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.employers.answering import answers_text, hiring_text, stay_text
from accounts.identity.http import SignedInRequest
from jobs.insights.access import Record, membership_of, record_of
from jobs.insights.rules.record import FEWEST, percent
from jobs.insights.views.charts import bars_of


@require_safe
def record(request: SignedInRequest) -> HttpResponse:
    membership = membership_of(request.user)
    if membership is None:
        return redirect("employers:overview")
    found = record_of(request.user, membership, now=timezone.now())
    shown = found.shown
    context = {
        "record": found,
        "organization": found.organization,
        "answers_text": answers_text(shown),
        "hiring_text": hiring_text(shown),
        "stay_text": stay_text(shown) if shown is not None else "",
        "percent": percent(shown.answered, shown.waits) if shown is not None else None,
        "bars": bars_of([month.percent for month in found.months], top=100),
        "fewest": FEWEST,
        "tips": tips_of(found),
    }
    return render(request, "jobs/insights/record.html", context)


def tips_of(found: Record) -> dict[str, bool]:
    """Which advice there is something behind."""
    shown = found.shown
    return {
        "waiting": found.waiting > 0,
        "pauses": bool(found.pauses),
        "slow": shown is not None
        and shown.median_hours is not None
        and found.board.hours is not None
        and shown.median_hours > found.board.hours,
    }
