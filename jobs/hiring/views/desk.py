"""Board and list of everything an organisation received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.employers.access import membership_or_none, response_record
from accounts.employers.answering import answers_text
from accounts.identity.http import SignedInRequest
from jobs.applications.access import covenant_pauses_of
from jobs.applications.models import Application
from jobs.applications.services.showing import note_listed
from jobs.hiring import access
from jobs.hiring.forms import DeskForm
from jobs.hiring.rules.board import COLUMNS
from jobs.hiring.rules.wanted import Wanted
from jobs.hiring.texts import COLUMN_NAMES
from jobs.hiring.views.cards import Card, cards_of, desk_query
from jobs.postings.access import employer_only

PAGE = 30


@dataclass(frozen=True, slots=True)
class Column:
    """`address` leads to it on a phone, `more` to all of it in the list."""

    name: str
    title: str
    total: int
    cards: list[Card]
    address: str
    more: str


@require_safe
@vary_on_headers("HX-Request")
def desk(request: SignedInRequest) -> HttpResponse:
    employer_only(request.user)
    membership = membership_or_none(request.user)
    if membership is None:
        return redirect("employers:overview")
    now, is_list = timezone.now(), request.GET.get("view") == "list"
    postings = access.postings_with_applications(request.user)
    form = DeskForm(request.GET, postings=postings, is_list=is_list)
    wanted = form.wanted()
    rows = access.wanted_of(access.desk_of(request.user), wanted, request.user, now=now)
    draw = _list if is_list else _board
    context = draw(request, rows, wanted, now) | {
        "form": form,
        "query": desk_query(request.GET),
        "is_list": is_list,
        "is_one_posting": wanted.posting is not None,
    }
    if request.htmx:
        return render(request, "jobs/hiring/_desk.html", context)
    context |= {
        "organization": membership.organization,
        "answers_text": answers_text(response_record(membership.organization)),
        "pauses": list(covenant_pauses_of(request.user).standing()),
        "has_any": bool(postings),
    }
    return render(request, "jobs/hiring/desk.html", context)


def _board(
    request: SignedInRequest,
    rows: QuerySet[Application],
    wanted: Wanted,
    now: datetime,
) -> dict[str, Any]:
    counts = access.counts_of(rows)
    found = access.board_of(rows, wanted.sort, now=now)
    shown = [row for cards in found.values() for row in cards]
    note_listed(applications=shown, actor=request.user)
    cards = {card.application.pk: card for card in cards_of(shown, now=now)}
    columns = [
        Column(
            name=name,
            title=str(COLUMN_NAMES[name]),
            total=counts[name],
            cards=[cards[row.pk] for row in found[name]],
            address=_address(request, column=name),
            more=_address(request, view="list", stage=name, column="")
            if counts[name] > len(found[name])
            else "",
        )
        for name in COLUMNS
    ]
    asked = request.GET.get("column", "")
    filled = next((name for name in COLUMNS if counts[name]), "submitted")
    return {
        "columns": columns,
        "current": asked if asked in COLUMNS else filled,
        "total": sum(counts.values()),
    }


def _list(
    request: SignedInRequest,
    rows: QuerySet[Application],
    wanted: Wanted,
    now: datetime,
) -> dict[str, Any]:
    counts = access.counts_of(rows)
    total = counts[wanted.stage] if wanted.stage else sum(counts.values())
    after = _after(request)
    window = access.page_of(rows, wanted, after, size=PAGE, now=now)
    note_listed(applications=window[:PAGE], actor=request.user)
    cards = cards_of(window[:PAGE], now=now)
    last = str(window[PAGE - 1].public_id) if len(window) > PAGE else ""
    return {
        "cards": cards,
        "total": total,
        "older": _address(request, after=last) if last else "",
        "first": _address(request) if after else "",
        "stages": [
            (str(COLUMN_NAMES[name]), counts[name], _address(request, stage=name))
            for name in COLUMNS
        ],
        "all_stages": _address(request, stage=""),
        "stage": wanted.stage,
        "stage_name": str(COLUMN_NAMES[wanted.stage]) if wanted.stage else "",
    }


def _after(request: SignedInRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _address(request: SignedInRequest, **changes: str) -> str:
    """This page with other filters, from its beginning."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query[name] = value
        if not value:
            del query[name]
    return f"?{query.urlencode()}"
