"""What the anchors find is what holding every posting against every search finds."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.identity.models import User
from jobs.alerts.models import SavedSearch
from jobs.alerts.rules.queries import QUERY_VERSION, fingerprint, from_json, to_json
from jobs.alerts.services.anchors import write_anchors
from jobs.alerts.services.percolation import matches_for
from jobs.postings.models import Posting
from jobs.search.rules.lexemes import query_of
from jobs.search.rules.query import Query
from jobs.search.services.entries import index_postings
from tests.jobs.alerts.corpus import make_postings, make_queries

POSTINGS, SEARCHES, PEOPLE = 1000, 400, 20
CHOICES: dict[str, list[Any]] = {
    "text": ["客服", "热线 客服"],
    "without": [("客服",), ("w3",)],
    "district_code": ["3101"],
    "near": [(31.2, 121.5)],
    "occupation": ["inbound_hotline", "online_chat"],
    "shift": ["day", "night"],
    "channel": ["text", "inbound_phone"],
    "experience": [0, 1, 30],
    "employment": ["full_time", "part_time"],
    "posted_within": [1, 3, 30],
    "sort": ["newest"],
    "lowest_pay": [3000, 4999, 5000, 5001, 20000],
    "education": ["none", "junior_high", "bachelor"],
    "city_code": ["1101", "3101"],
}
_FLAGS = [f.name for f in fields(Query) if isinstance(f.default, bool)]
NAIVE = """
SELECT p.id FROM jobs_postings_posting AS p
JOIN jobs_search_postingindex AS i ON i.posting_id = p.id
WHERE i.words @@ %s::tsquery AND coalesce(p.pay_min, 0) >= %s
  AND (%s = 0 OR p.published_at >= %s - make_interval(days => %s))
"""


def wishes(count: int) -> list[Query]:
    """Common searches, and ones in which every field is asked for now and then."""
    random = Random(3)
    found = list(make_queries(count // 2, seed=4))
    names = [*CHOICES, *_FLAGS]
    while len(found) < count:
        asked = random.sample(names, random.randint(1, 3))
        values: dict[str, Any] = {
            n: random.choice(CHOICES[n]) if n in CHOICES else True for n in asked
        }
        found.append(Query(**values))
    return found


@pytest.mark.django_db
def test_answers_are_those_of_the_naive_way() -> None:
    now = timezone.now()
    asked = {name for query in wishes(SEARCHES) for name in to_json(query)}
    assert asked == {field.name for field in fields(Query)}
    Posting.objects.bulk_create(make_postings(POSTINGS, seed=5, now=now))
    postings = list(Posting.objects.select_related("organization"))
    index_postings(postings)
    people = [User.objects.create_user(f"{n}@example.com") for n in range(PEOPLE)]
    searches = SavedSearch.objects.bulk_create(
        SavedSearch(
            user=people[number % PEOPLE],
            slot=number // PEOPLE + 1,
            name=f"{number}",
            query=to_json(query),
            query_version=QUERY_VERSION,
            fingerprint=f"{number}{fingerprint(query)}"[:64],
        )
        for number, query in enumerate(wishes(SEARCHES))
    )
    write_anchors(SavedSearch.objects.all())
    expected = set()
    with connection.cursor() as cursor:
        for search in searches:
            query = from_json(search.query, search.query_version)
            words = query_of(replace(query, lowest_pay=None))
            days = query.posted_within or 0
            values: list[Any] = [words, query.lowest_pay or 0, days, now, days]
            cursor.execute(NAIVE, values)
            expected |= {(search.pk, posting) for (posting,) in cursor.fetchall()}
    assert len(expected) > 1000
    assert matches_for([posting.pk for posting in postings], now=now) == expected
    some = postings[0].pk
    assert matches_for([some], now=now) == {
        pair for pair in expected if pair[1] == some
    }
