from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Count, F, Func, QuerySet, Value
from django.db.models.functions import Cast

from jobs.postings.models import Posting
from jobs.search.models import PostingIndex
from jobs.search.rules.lexemes import Wanted, query_of

COUNT_CAP = 1000


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


def open_postings(wanted: Wanted) -> QuerySet[Posting]:
    """Open postings that fit, unordered, with their organisation."""
    rows = Posting.objects.open().select_related("organization")
    query = query_of(wanted)
    if query:
        literal = Cast(Value(query), SearchQueryField())
        hits = PostingIndex.objects.filter(_Matches(F("words"), literal))
        rows = rows.filter(pk__in=hits.values("posting"))
    elif wanted.text.strip():
        # Nothing but marks was typed: that finds nothing, not everything.
        rows = rows.none()
    return rows


def capped_count(rows: QuerySet[Posting]) -> int:
    """COUNT_CAP + 1 stands for "more than COUNT_CAP": no query counts further."""
    return rows.order_by()[: COUNT_CAP + 1].count()


def cities_with_postings() -> Iterable[str]:
    """City codes of open postings, the city with most of them first."""
    return (
        Posting.objects.open()
        .exclude(city_code="")
        .values("city_code")
        .annotate(total=Count("pk"))
        .order_by("-total", "city_code")
        .values_list("city_code", flat=True)
    )
