from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.lib.http import Request
from accounts.lib.keyset import KeysetPage
from jobs.postings.cards import posting_card
from jobs.search import access
from jobs.search.forms import SearchForm
from jobs.search.rules.query import Query

PAGE_SIZE = 20
CITIES_FOR_SECONDS = 300
# The form's name of a filter: the field of Wanted and its empty value.
EMPTY: dict[str, tuple[str, Any]] = {
    "q": ("text", ""),
    "city": ("city_code", ""),
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
    found = access.results(
        wanted,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE_SIZE,
    )
    page, total = found.page, found.total
    active = form.active()
    context = {
        "form": form,
        "cards": [posting_card(posting) for posting in page.rows],
        "page": KeysetPage(
            page.rows,
            newer=_at(request, "before", page.before),
            older=_at(request, "after", page.after),
        ),
        "total": total,
        "is_capped": found.is_capped,
        "active": [(words, _without(request, name)) for name, words in active],
        "suggestions": [] if total else _suggestions(request, wanted, active),
    }
    whole = not request.htmx or request.htmx.history_restore_request
    template = "jobs/search/list.html" if whole else "jobs/search/_results.html"
    return render(request, template, context)


def _cities() -> list[str]:
    found: list[str] | None = cache.get("search-cities")
    if found is None:
        found = access.cities_with_postings()
        cache.set("search-cities", found, CITIES_FOR_SECONDS)
    return found


def _without(request: Request, name: str) -> str:
    """The same search with one filter dropped, from its first page."""
    query = request.GET.copy()
    for key in (name, "after", "before"):
        query.pop(key, None)
    return f"{request.path}?{query.urlencode()}"


def _at(request: Request, key: str, place: str) -> str:
    """A link to the page at a place; empty without one."""
    if not place:
        return ""
    query = request.GET.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    query[key] = place
    return f"?{query.urlencode()}"


def _suggestions(
    request: Request, wanted: Query, active: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Which single filter to drop, with how many postings that brings."""
    shown = dict(active)
    names = {field: name for name, (field, _nothing) in EMPTY.items()}
    found = []
    for suggestion in access.suggestions(wanted):
        name = names.get(suggestion.name, "")
        if name in shown:
            url = _without(request, name)
            total = suggestion.total
            found.append({"words": shown[name], "url": url, "total": total})
    return found
