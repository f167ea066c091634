"""Several workers at once, and people who change their minds meanwhile."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from accounts.identity.models import User
from jobs.alerts.models import AlertMatch, AlertReader, PostingNews, SavedSearch
from jobs.alerts.services import digests, percolation
from jobs.alerts.services.searches import delete_search, stop_everything
from tests.cast import Cast
from tests.jobs.alerts.make import make_search, percolate, shanghai, written
from tests.jobs.applications.together import together
from tests.make import make_posting

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = shanghai(24, 9)
PEOPLE = 12


@pytest.fixture
def searches(cast: Cast) -> list[SavedSearch]:
    people = [User.objects.create_user(f"{n}@example.com") for n in range(PEOPLE)]
    return [make_search(user) for user in people]


def publish(cast: Cast, count: int) -> None:
    for _ in range(count):
        make_posting(cast.organization, valid_through=MORNING + timedelta(days=20))


def compare() -> int:
    return percolation.percolate_all(now=lambda: MORNING, limit=3)


def test_workers_share_the_comparing(cast: Cast, searches: list[SavedSearch]) -> None:
    publish(cast, 20)
    # Changed again while it waits: no two workers may have it at once.
    for posting in set(PostingNews.objects.values_list("posting_id", flat=True)):
        PostingNews.objects.create(posting_id=posting)
    results = together([compare] * 3)
    assert not [result for result in results if isinstance(result, Exception)]
    assert sum(results) == AlertMatch.objects.count() == 20 * PEOPLE
    assert not PostingNews.objects.exists()


def test_workers_write_to_everybody_once(
    cast: Cast, searches: list[SavedSearch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "CHUNK", 2)
    publish(cast, 3)
    percolate(MORNING)
    results = together([lambda: digests.send_alerts(now=lambda: MORNING)] * 3)
    assert not [result for result in results if isinstance(result, Exception)]
    assert sum(results) == PEOPLE
    assert Counter(message.user_id for message in written()) == Counter(
        {search.user_id: 1 for search in searches}
    )
    assert not AlertMatch.objects.filter(waits=True).exists()


def test_who_stops_or_deletes_meanwhile_breaks_nothing(
    cast: Cast, searches: list[SavedSearch]
) -> None:
    publish(cast, 9)
    stopping, deleting = searches[0], searches[1]
    results = together(
        [
            compare,
            compare,
            lambda: stop_everything(user=stopping.user),
            lambda: delete_search(search=deleting),
        ]
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert digests.send_alerts(now=lambda: MORNING) == PEOPLE - 2
    told = {message.user_id for message in written()}
    assert told == {search.user_id for search in searches[2:]}
    assert AlertReader.objects.count() == PEOPLE
