"""What pages about saved searches show."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from jobs.alerts.models import SavedSearch
from jobs.search.forms import SearchForm
from jobs.search.rules.query import Query

# Say where in the list somebody is, not what they look for.
_PLACES = ("after", "before", "page", "name", "frequency", "csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class Looked:
    """A search as the address of the results page holds it."""

    query: Query
    words: list[str]
    address: str


def looked_for(params: QueryDict) -> Looked:
    form = SearchForm(params, cities=[])
    form.is_valid()
    query = form.wanted()
    return Looked(query, [words for _name, words in form.active()], address_of(params))


def address_of(params: QueryDict) -> str:
    kept = params.copy()
    for name in _PLACES:
        kept.pop(name, None)
    for name in [name for name, values in kept.lists() if not any(values)]:
        del kept[name]
    return kept.urlencode()


def results_url(search: SavedSearch) -> str:
    return with_address(reverse("search:list"), search.address)


def with_address(path: str, address: str) -> str:
    return f"{path}?{address}" if address else path
