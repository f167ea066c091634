"""What pages about saved searches show."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from jobs.alerts.forms import address_of, form_at
from jobs.alerts.models import SavedSearch
from jobs.search.pages import chips_of
from jobs.search.rules.query import Query


@dataclass(frozen=True, slots=True)
class Looked:
    """A search as the address of the results page holds it."""

    query: Query
    # What it was understood as: the chips above the results.
    words: list[str]
    address: str


def looked_for(params: QueryDict) -> Looked:
    form = form_at(params)
    query = form.wanted()
    page = HttpRequest()
    page.path, page.GET = reverse("search:list"), QueryDict(params.urlencode())
    words = [chip.text for chip in chips_of(page, form, query)]
    return Looked(query, words, address_of(form, plain=params.getlist("plain")))


def results_url(search: SavedSearch) -> str:
    path = reverse("search:list")
    return f"{path}?{search.address}" if search.address else path
