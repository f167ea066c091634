"""Several workers at once, on real connections."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts.employers.models import Organization
from jobs.webhooks.models import Delivery, Endpoint
from jobs.webhooks.services.deliveries import deliver_due
from jobs.webhooks.services.sending import Outcome, Parcel
from tests.jobs.webhooks.make import FINE, deliveries, happen, make_endpoint
from tests.make import make_organization

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, EVENTS, THINGS = 3, 90, 6


@pytest.fixture
def organization() -> Organization:
    return make_organization()


@pytest.fixture
def endpoint(organization: Organization) -> Endpoint:
    return make_endpoint(organization)


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(WORKERS) as pool:
        yield pool


def with_own_connection(work: Callable[[], object]) -> Callable[[], object]:
    def done() -> object:
        try:
            return work()
        finally:
            connection.close()

    return done


def test_everything_once_and_in_order(
    organization: Organization, endpoint: Endpoint, workers: ThreadPoolExecutor
) -> None:
    things = [uuid4() for _ in range(THINGS)]
    for number in range(EVENTS):
        about = things[number % THINGS]
        happen(organization, about=about, at=timezone.now())
    reached: list[str] = []
    lock = threading.Lock()

    def receiver(parcel: Parcel) -> Outcome:
        with lock:
            reached.append(parcel.headers["webhook-id"])
        return FINE

    def work() -> None:
        while Delivery.objects.exclude(state="delivered").exists():
            deliver_due(now=timezone.now, sender=receiver)

    running = [workers.submit(with_own_connection(work)) for _ in range(WORKERS)]
    for one in running:
        one.result(timeout=120)
    assert len(reached) == len(set(reached)) == EVENTS
    wanted: dict[UUID, list[str]] = defaultdict(list)
    for way in deliveries(endpoint):
        wanted[way.object_id].append(way.event.message_id)
    for ids in wanted.values():
        assert [one for one in reached if one in ids] == ids


def test_an_address_is_not_deleted_under_what_is_being_written(
    organization: Organization, endpoint: Endpoint, workers: ThreadPoolExecutor
) -> None:
    """Else the commit of what happened would fail for an address's sake."""

    def delete() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)

    def change() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            return Endpoint.objects.filter(pk=endpoint.pk).update(failures=1)

    with transaction.atomic():
        happen(organization, at=timezone.now())
        with pytest.raises(OperationalError, match="lock timeout"):
            workers.submit(with_own_connection(delete)).result(timeout=30)
        # A worker that notes an outcome does not wait.
        assert workers.submit(with_own_connection(change)).result(timeout=30) == 1
    assert Delivery.objects.count() == 1
