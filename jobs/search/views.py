from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.lib.frames import FramedPage
from accounts.lib.http import Request
from accounts.lib.kept_pages import kept_for_visitors, remember_shown
from jobs.postings.registry import note_seen
from jobs.search.access import cities_with_postings
from jobs.search.drawing import search_field
from jobs.search.forms import SearchForm
from jobs.search.pages import address, results_of

CITIES_FOR_SECONDS = 300
# Many times what the form has.
MOST_FIELDS = 100


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
@kept_for_visitors
def job_list(request: Request) -> HttpResponse:
    form = SearchForm(_asked(request), cities=_cities())
    context = results_of(request, form)
    whole = not request.htmx or request.htmx.history_restore_request
    context["is_part"] = not whole
    page = FramedPage(request)
    results = page.part("jobs/search/_results.html", context)
    response = _whole(page, context, results) if whole else HttpResponse(results)
    shown = tuple(posting.pk for posting in context["page"].rows)
    if request.method == "GET":
        note_seen("shown", "search", shown, request.user)
        remember_shown(response, shown)
    if not whole:
        # Without the fields that were left empty.
        response["HX-Push-Url"] = address(request)
    return response


def _whole(
    page: FramedPage, context: Mapping[str, Any], results: SafeString
) -> HttpResponse:
    parts = {
        "search": search_field(context["form"]),
        "filters_on": page.part("jobs/search/_filters_on.html", context),
        "filters": page.part("jobs/search/_filters.html", context),
        "results": results,
    }
    return page.response("jobs/search/list.html", parts)


def _asked(request: Request) -> QueryDict:
    """What makes no sense is left out, also where there is too much of it."""
    try:
        return request.GET
    except TooManyFieldsSent:
        first = request.META["QUERY_STRING"].split("&")[:MOST_FIELDS]
        request.GET = QueryDict("&".join(first))
        return request.GET


def _cities() -> list[str]:
    kept = caches["pages"]
    found: list[str] | None = kept.get("cities")
    if found is None:
        found = list(cities_with_postings())
        kept.set("cities", found, CITIES_FOR_SECONDS)
    return found
