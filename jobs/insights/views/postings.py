"""From a list to a hire, and what would bring more people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from accounts.lib.keyset import newest_first
from jobs.insights import access
from jobs.insights.enums import Seen, Source, Stage
from jobs.insights.models import PostingReach
from jobs.insights.rules.weeks import finished_weeks
from jobs.insights.services.reach import reach_of
from jobs.insights.texts import CHANGES
from jobs.insights.views.charts import bars_of_cells
from jobs.postings.history import state_mark
from jobs.screening.rules.transparency import Cell

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Change:
    text: str | Promise
    note: str | Promise
    more: int


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Every posting that was ever open, with what came of it."""
    membership = access.membership_of(request.user)
    if membership is None:
        return redirect("employers:overview")
    rows = access.live_postings_of(request.user)
    page = newest_first(rows, request, by="published_at", size=PAGE_SIZE)
    found = access.funnels_of(page.rows, today=today())
    context = {
        "organization": membership.organization,
        "page": page,
        "rows": [(funnel, state_mark(funnel.posting)) for funnel in found],
        **_span(finished_weeks(today())),
    }
    return render(request, "jobs/insights/overview.html", context)


@require_safe
def posting(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.published_posting_of(request.user, public_id)
    detail = access.detail_of(found, today=today())
    seen, stages = detail.funnel.seen, detail.funnel.stages
    context = {
        "posting": found,
        "mark": state_mark(found),
        "seen": [(kind.label, seen[kind].total) for kind in Seen],
        "stages": _stages(stages),
        "charts": [
            (kind.label, bars_of_cells(seen[kind].months), seen[kind].total)
            for kind in (Seen.SHOWN, Seen.OPENED)
        ],
        "weeks": _weeks(detail),
        "sources": [
            (source.label, detail.sources[source])
            for source in Source
            if detail.sources[source].kind == "exact" and detail.sources[source].value
        ],
        **_span(detail.weeks),
        **_reach(reach_of(found)),
    }
    return render(request, "jobs/insights/posting.html", context)


def _span(weeks: list[date]) -> dict[str, date]:
    return {"first": weeks[0], "last": weeks[-1] + timedelta(days=6)}


def _stages(stages: dict[str, int]) -> list[tuple[str | Promise, int, int]]:
    """(name, how many, the length of its bar in a hundred)."""
    top = stages[Stage.APPLIED] or 1
    return [(s.label, stages[s], round(100 * stages[s] / top)) for s in Stage]


def _weeks(
    detail: access.Detail,
) -> list[tuple[date, list[tuple[str | Promise, Cell]]]]:
    """The newest week first, each cell with the head of its column."""
    lines: list[tuple[str | Promise, tuple[Cell, ...]]] = [
        (kind.label, detail.funnel.seen[kind].months) for kind in Seen
    ]
    rows = [
        (monday, [(label, cells[place]) for label, cells in lines])
        for place, monday in enumerate(detail.weeks)
    ]
    return rows[::-1]


def _reach(reach: PostingReach | None) -> dict[str, object]:
    if reach is None:
        return {"may_look": False}
    changes = [
        Change(*CHANGES[code], more=more)
        for code, more in reach.more.items()
        if code in CHANGES
    ]
    changes.sort(key=lambda change: -change.more)
    return {
        "may_look": True,
        "suited": Cell("at_least", reach.suited) if reach.suited else Cell("fewer", 10),
        "changes": changes,
        "counted": _("Counted once a day."),
    }
