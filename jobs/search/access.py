from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.search import SearchQueryField
from django.db.models import (
    BooleanField,
    Count,
    F,
    Func,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.lib.places import district_by_code
from jobs.postings.models import Posting
from jobs.search.models import PostingIndex
from jobs.search.rules.lexemes import PAY_STEPS, query_of
from jobs.search.rules.query import Query

COUNT_CAP = 1000
# The orders that pages can be walked in.
SORTED: tuple[str, ...] = ("newest",)


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts by field and code; `is_sample`: of the newest COUNT_CAP postings only."""

    total: int
    counts: Mapping[str, Mapping[str, int]]
    is_sample: bool


def open_postings(query: Query) -> QuerySet[Posting]:
    """Open postings that fit, unordered, with their organisation."""
    rows = Posting.objects.open().select_related("organization")
    asked = query_of(query)
    if asked:
        literal = Cast(Value(asked), SearchQueryField())
        hits = PostingIndex.objects.filter(_Matches(F("words"), literal))
        rows = rows.filter(pk__in=hits.values("posting"))
    elif query.text.strip():
        # Nothing but marks was typed: that finds nothing, not everything.
        return rows.none()
    return rows.filter(_beside_words(query))


def _beside_words(query: Query) -> Q:
    """Facts that the index does not hold, or holds in steps."""
    found = Q()
    if query.lowest_pay:
        found &= Q(pay_min__gte=query.lowest_pay)
    if query.district_code:
        district = district_by_code(query.district_code)
        stem = district.zh_hans.rstrip("区县市") if district else query.district_code
        found &= Q(district__startswith=stem)
    if query.experience is not None:
        found &= Q(experience_years__lte=query.experience)
    if query.no_outbound:
        found &= ~Q(channel__in=["", "outbound_phone"])
    if query.no_sales:
        found &= ~Q(role="outbound-sales") & ~Q(facts__sales__in=["some", "main"])
    if query.no_night:
        found &= Q(shift__in=["day", "two_shift"])
    if query.lodging:
        found &= Q(benefits__contains=["lodging"])
    if query.insurance:
        found &= Q(social_insurance=True) | Q(benefits__contains=["social_insurance"])
    if query.remote:
        found &= Q(benefits__contains=["remote_work"]) | Q(facts__is_remote=True)
    if query.employment:
        found &= Q(employment_type=query.employment)
    if query.posted_within:
        since = timezone.now() - timedelta(days=query.posted_within)
        found &= Q(published_at__gte=since)
    return found


def capped_count(rows: QuerySet[Posting]) -> int:
    """COUNT_CAP + 1 stands for "more than COUNT_CAP": no query counts further."""
    return rows.order_by()[: COUNT_CAP + 1].count()


def count(query: Query) -> int:
    return capped_count(open_postings(query))


def facets(query: Query) -> Facets:
    """How many postings each value of a filter would show, in one query."""
    names = (
        "city_code",
        "shift",
        "channel",
        "education",
        "employment_type",
        "occupation",
    )
    rows = open_postings(query).order_by("-published_at", "-pk")
    found = list(rows.values_list("pay_min", *names)[: COUNT_CAP + 1])
    counts: dict[str, dict[str, int]] = {
        name: Counter(row[at] for row in found if row[at])
        for at, name in enumerate(names, 1)
    }
    counts["lowest_pay"] = {
        str(step): sum(1 for row in found if (row[0] or 0) >= step)
        for step in PAY_STEPS
    }
    return Facets(len(found), counts, is_sample=len(found) > COUNT_CAP)


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
