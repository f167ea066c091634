"""A receiver that is down, workers that die: nothing is lost, nothing is out of order."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.extra.django import TestCase

from jobs.webhooks.enums import DeliveryState as D
from jobs.webhooks.models import Attempt, Delivery, Endpoint
from jobs.webhooks.services.deliveries import (
    claim,
    deliver_due,
    parcel_of,
    release_stuck,
    settle,
)
from jobs.webhooks.services.sending import Outcome
from tests.cast import Cast
from tests.jobs.webhooks.make import (
    DOWN,
    FINE,
    Clock,
    FakeReceiver,
    deliveries,
    happen,
    make_endpoint,
)
from tests.make import make_organization

START = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def order_of(endpoint: Endpoint) -> dict[UUID, list[str]]:
    """In which order things happened to each object."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for way in deliveries(endpoint):
        found[way.object_id].append(way.event.message_id)
    return found


def first_times(ids: list[str]) -> list[str]:
    """As a receiver keeps them that drops second copies."""
    return list(dict.fromkeys(ids))


@pytest.mark.django_db
def test_an_hour_without_the_receiver(cast: Cast) -> None:
    endpoint = make_endpoint(cast.organization)
    clock, receiver = Clock(START), FakeReceiver()
    postings = [uuid4() for _ in range(6)]
    arrived_before = 0
    for minute in range(90):
        happen(cast.organization, about=postings[minute % 6], at=clock.now)
        is_down = 10 <= minute < 70
        deliver_due(now=clock, sender=FakeReceiver(usual=DOWN) if is_down else receiver)
        if minute == 10:
            arrived_before = len(receiver.seen)
        clock.forward(MINUTE)
    # Knocked at now and then, not once for each of the sixty notices that waited.
    assert Attempt.objects.filter(problem="connection").count() < 25
    for _ in range(70):
        deliver_due(now=clock, sender=receiver)
        clock.forward(MINUTE)
    assert arrived_before == 10
    assert {way.state for way in deliveries(endpoint)} == {D.DELIVERED}
    # Each exactly once, and of each posting in the order in which it happened.
    assert len(receiver.ids) == len(set(receiver.ids)) == 90
    for ids in order_of(endpoint).values():
        assert [one for one in receiver.ids if one in ids] == ids


# What may happen to a claimed notice.
ARRIVES, FAILS, REFUSED, BUSY = "arrives", "fails", "refused", "busy"
DIES_BEFORE, DIES_AFTER = "dies before sending", "dies after sending"
FATES = [ARRIVES, ARRIVES, FAILS, REFUSED, BUSY, DIES_BEFORE, DIES_AFTER]
OUTCOMES = {
    ARRIVES: FINE,
    FAILS: DOWN,
    REFUSED: Outcome(status=400, problem="status"),
    BUSY: Outcome(status=429, problem="status", retry_after="300"),
}
happenings = st.tuples(st.just("happens"), st.integers(0, 3))
rounds = st.tuples(st.just("round"), st.lists(st.sampled_from(FATES), max_size=8))
pauses = st.tuples(st.just("wait"), st.integers(1, 90))


class WorkersDie(TestCase):
    """Two workers take turns; each notice they hold meets a fate of its own."""

    def begin(self) -> None:
        """Every example has a world of its own."""
        self.organization = make_organization()
        self.endpoint = make_endpoint(self.organization)
        self.clock = Clock(START)
        self.things = [uuid4() for _ in range(4)]
        self.reached: list[str] = []
        self.marked: list[int] = []

    def one_round(self, fates: list[str]) -> None:
        now = self.clock.now
        release_stuck(now=now)
        held = claim(now=now, limit=8)
        self.never_two_of_one_thing()
        for place, way in enumerate(held):
            fate = fates[place] if place < len(fates) else ARRIVES
            if fate == DIES_BEFORE:
                continue
            parcel = parcel_of(way, now=now)
            if fate in (ARRIVES, DIES_AFTER):
                self.reached.append(parcel.headers["webhook-id"])
            if fate == DIES_AFTER:
                continue
            if settle(delivery=way, outcome=OUTCOMES[fate], now=now):
                self.marked.append(way.pk)

    def never_two_of_one_thing(self) -> None:
        held = Delivery.objects.filter(state=D.SENDING)
        things = list(held.values_list("object_id", flat=True))
        assert len(things) == len(set(things))

    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(st.lists(st.one_of(happenings, rounds, pauses), max_size=30))
    def test_nothing_is_lost_or_out_of_order(
        self, story: list[tuple[str, object]]
    ) -> None:
        self.begin()
        for what, told in story:
            if what == "happens":
                about = self.things[told]  # type: ignore[call-overload]
                happen(self.organization, about=about, at=self.clock.now)
            elif what == "round":
                self.one_round(told)  # type: ignore[arg-type]
            else:
                self.clock.forward(told * MINUTE)  # type: ignore[operator]
        # From now on all goes well.
        while Delivery.objects.exclude(state=D.DELIVERED).exists():
            self.clock.forward(timedelta(hours=1))
            self.one_round([])
        every = [way.event.message_id for way in deliveries(self.endpoint)]
        assert set(self.reached) == set(every)
        assert sorted(self.marked) == sorted(set(self.marked))
        assert len(self.marked) == len(every)
        for ids in order_of(self.endpoint).values():
            mine = [one for one in self.reached if one in ids]
            assert first_times(mine) == ids
            # A second copy may come, but never after a later notice.
            assert mine == sorted(mine, key=ids.index)
