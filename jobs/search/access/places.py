from __future__ import annotations

from django.db.models import Count

from accounts.lib.places import city_by_code
from jobs.search.models import PostingIndex, WordFrequency


def cities_with_postings() -> list[str]:
    """City codes of open postings, the city with most of them first."""
    counted = WordFrequency.objects.filter(lexeme__startswith="@c", entries__gt=0)
    codes = [
        lexeme[2:]
        for lexeme in counted.order_by("-entries", "lexeme").values_list(
            "lexeme", flat=True
        )
    ]
    if codes:
        return [code for code in codes if city_by_code(code)]
    # Nothing has been counted yet: a site that has only just opened.
    rows = PostingIndex.objects.exclude(city_code="").values("city_code")
    ordered = rows.annotate(total=Count("pk")).order_by("-total", "city_code")
    return list(ordered.values_list("city_code", flat=True))
