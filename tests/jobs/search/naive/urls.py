"""The least that Django answers with, and the results page as it is first thought of."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from jobs.postings.models import Posting
from jobs.search.benchmark.measuring import naive
from jobs.search.forms import SearchForm

_PAGE = Engine().from_string(
    """<!doctype html><title>Jobs</title><ul>{% for row in rows %}
<li><a href="/jobs/{{ row.public_id }}/">{{ row.title }}</a>
{{ row.pay_min }}-{{ row.pay_max }}, {{ row.district }}, {{ row.date_posted }},
{{ row.organization.display_name }}</li>{% endfor %}</ul>"""
)


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def results(request: HttpRequest) -> HttpResponse:
    """Every match ranked, all of them counted, two facets, the rows through the ORM."""
    form = SearchForm(request.GET, cities=())
    form.is_valid()
    keys = naive(form.wanted())
    rows = Posting.objects.select_related("organization").in_bulk(keys)
    shown = [rows[key] for key in keys if key in rows]
    return HttpResponse(_PAGE.render(Context({"rows": shown})))


urlpatterns = [path("plain", plain), path("jobs/", results), path("healthz", plain)]
