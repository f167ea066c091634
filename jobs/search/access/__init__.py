from __future__ import annotations

from jobs.search.access.faceting import Facets
from jobs.search.access.places import cities_with_postings
from jobs.search.access.running import (
    COUNT_CAP,
    PAGE_SIZE,
    Page,
    Results,
    count,
    facets,
    results,
    search,
    top,
)
from jobs.search.access.statements import DIMENSIONS
from jobs.search.access.widening import Suggestion, counts, suggestions

__all__ = [
    "COUNT_CAP",
    "DIMENSIONS",
    "PAGE_SIZE",
    "Facets",
    "Page",
    "Results",
    "Suggestion",
    "cities_with_postings",
    "count",
    "counts",
    "facets",
    "results",
    "search",
    "suggestions",
    "top",
]
