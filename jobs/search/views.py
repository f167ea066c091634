from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.lib.http import Request
from accounts.lib.keyset import newest_first
from jobs.postings.cards import posting_card
from jobs.search.access import (
    COUNT_CAP,
    capped_count,
    cities_with_postings,
    open_postings,
)
from jobs.search.forms import SearchForm
from jobs.search.rules.lexemes import Wanted

PAGE_SIZE = 20
CITIES_FOR_SECONDS = 300
# The form's name of a filter: the field of Wanted and its empty value.
EMPTY: dict[str, tuple[str, Any]] = {
    "q": ("text", ""),
    "city": ("city_code", ""),
    "occupation": ("occupation", ""),
    "pay": ("lowest_pay", None),
    "shift": ("shift", ""),
    "channel": ("channel", ""),
    "education": ("education", ""),
    "weekends": ("weekends_off", False),
    "no_phone": ("no_phone", False),
    "no_collection": ("no_collection", False),
}


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def job_list(request: Request) -> HttpResponse:
    form = SearchForm(request.GET, cities=_cities())
    form.is_valid()
    wanted = form.wanted()
    rows = open_postings(wanted)
    page = newest_first(rows, request, by="published_at", size=PAGE_SIZE)
    total = capped_count(rows)
    active = form.active()
    context = {
        "form": form,
        "cards": [posting_card(posting) for posting in page.rows],
        "page": page,
        "total": min(total, COUNT_CAP),
        "is_capped": total > COUNT_CAP,
        "active": [(words, _without(request, name)) for name, words in active],
        "suggestions": [] if total else _suggestions(request, wanted, active),
    }
    whole = not request.htmx or request.htmx.history_restore_request
    template = "jobs/search/list.html" if whole else "jobs/search/_results.html"
    return render(request, template, context)


def _cities() -> list[str]:
    found: list[str] | None = cache.get("search-cities")
    if found is None:
        found = list(cities_with_postings())
        cache.set("search-cities", found, CITIES_FOR_SECONDS)
    return found


def _without(request: Request, name: str) -> str:
    """The same search with one filter dropped, from its first page."""
    query = request.GET.copy()
    for key in (name, "after", "before"):
        query.pop(key, None)
    return f"{request.path}?{query.urlencode()}"


def _suggestions(
    request: Request, wanted: Wanted, active: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Which single filter to drop, with how many postings that brings."""
    found = []
    for name, words in active:
        field, nothing = EMPTY[name]
        total = capped_count(open_postings(replace(wanted, **{field: nothing})))
        if total:
            url = _without(request, name)
            found.append({"words": words, "url": url, "total": min(total, COUNT_CAP)})
    return sorted(found, key=lambda suggestion: -suggestion["total"])
