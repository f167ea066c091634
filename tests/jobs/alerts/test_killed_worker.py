"""A worker dies in the middle: everything is told, and nothing is told twice."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.consent.models import Consent
from accounts.identity.models import OutboxMessage, User
from accounts.lib.bulk import copy_rows
from jobs.alerts.models import (
    AlertDigest,
    AlertMatch,
    AlertReader,
    PostingNews,
    SavedSearch,
)
from jobs.alerts.rules.queries import QUERY_VERSION, fingerprint, to_json
from jobs.alerts.services.anchors import write_anchors
from jobs.postings.models import Posting
from jobs.search.rules.query import Query
from tests.cast import Cast
from tests.jobs.alerts.make import percolate
from tests.jobs.alerts.morning import COMPARE, MORNING, SEND, SOME
from tests.make import make_posting
from tests.processes import Worker, wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("broker_url", ["rabbitmq"], indirect=True),
]
PEOPLE, POSTINGS = 300, 4
WISHES = (Query(city_code="3101"), Query(city_code="4403"))


@pytest.fixture(autouse=True)
def by_day(worker: Worker) -> None:
    worker.include = "tests.jobs.alerts.morning"


@pytest.fixture
def searches(cast: Cast) -> list[SavedSearch]:
    """Two of each of many people."""
    people = [User(email=f"{number}@example.com") for number in range(PEOPLE)]
    copy_rows(people)
    copy_rows([AlertReader(user=user) for user in people])
    copy_rows([Consent(user=u, purpose="job_alerts", version="1") for u in people])
    made = [
        SavedSearch(
            user=user,
            slot=slot,
            name=f"{slot}",
            query=to_json(query),
            query_version=QUERY_VERSION,
            fingerprint=fingerprint(query),
        )
        for user in people
        for slot, query in enumerate(WISHES, start=1)
    ]
    copy_rows(made)
    write_anchors(made)
    return made


def publish(cast: Cast, count: int) -> list[Posting]:
    return [
        make_posting(
            cast.organization,
            city_code=WISHES[number % 2].city_code,
            valid_through=MORNING + timedelta(days=20),
        )
        for number in range(count)
    ]


def links_in(message: OutboxMessage) -> Counter[str]:
    return Counter(re.findall(r"/jobs/([0-9a-f-]{36})/", message.body))


def ask_until(worker: Worker, task: str, holds: Callable[[], bool]) -> None:
    """Ask as the schedule does, again and again: the database may not have noticed yet
    that a dead worker is gone, and what it held is passed over meanwhile."""
    asked = 0.0

    def is_done() -> bool:
        nonlocal asked
        if time.monotonic() - asked > 3:
            worker.ask(task)
            asked = time.monotonic()
        return holds()

    wait_until(is_done, seconds=90)


def test_a_worker_killed_while_writing_messages(
    worker: Worker, cast: Cast, searches: list[SavedSearch]
) -> None:
    postings = publish(cast, POSTINGS)
    assert percolate(MORNING) == PEOPLE * POSTINGS
    worker.start()
    ask_until(worker, SEND, lambda: AlertDigest.objects.count() >= 2 * SOME)
    worker.kill()
    told = AlertDigest.objects.count()
    assert told < PEOPLE
    # Whoever was written to has the message, whoever was not waits for it.
    assert OutboxMessage.objects.filter(template="alerts/digest").count() == told
    assert AlertMatch.objects.filter(waits=True).count() == (PEOPLE - told) * POSTINGS

    waiting = AlertMatch.objects.filter(waits=True)
    worker.start()
    ask_until(worker, SEND, lambda: not waiting.exists())
    worker.ask(SEND)
    worker.end()

    messages = OutboxMessage.objects.filter(template="alerts/digest")
    assert Counter(m.user_id for m in messages) == Counter(
        {search.user_id: 1 for search in searches}
    )
    every = Counter(str(posting.public_id) for posting in postings)
    assert all(links_in(message) == every for message in messages)
    assert not AlertMatch.objects.filter(digest=None).exists()


def test_a_worker_killed_while_comparing(
    worker: Worker, cast: Cast, searches: list[SavedSearch]
) -> None:
    postings = publish(cast, 30)
    worker.start()
    ask_until(worker, COMPARE, AlertMatch.objects.exists)
    worker.kill()
    left = PostingNews.objects.count()
    assert AlertMatch.objects.count() == (len(postings) - left) * PEOPLE

    worker.start()
    ask_until(worker, COMPARE, lambda: not PostingNews.objects.exists())
    worker.end()
    pairs = set(AlertMatch.objects.values_list("search__query__city_code", "posting"))
    assert pairs == {(posting.city_code, posting.pk) for posting in postings}
    assert AlertMatch.objects.count() == len(postings) * PEOPLE
