from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from accounts.identity.models import AuditEvent, OutboxMessage
from jobs.webhooks.enums import DeliveryState as D
from jobs.webhooks.models import Attempt, Delivery, Endpoint
from jobs.webhooks.services.deliveries import (
    claim,
    deliver_due,
    parcel_of,
    release_stuck,
    send_again,
    send_all_again,
    settle,
    settle_all,
)
from jobs.webhooks.services.endpoints import (
    delete_endpoint,
    new_secret_for,
    pause_endpoint,
    resume_endpoint,
    send_test,
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
from tests.jobs.webhooks.test_verify_example import example

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def endpoint(cast: Cast) -> Endpoint:
    return make_endpoint(cast.organization, cast.employer)


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


def test_what_is_due_is_sent_signed_and_noted(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    happen(cast.organization, at=START)
    receiver = FakeReceiver()
    assert deliver_due(now=clock, sender=receiver) == 1
    (parcel,) = receiver.seen
    assert parcel.url == endpoint.url
    known = example.verify(
        [endpoint.secret], parcel.headers, parcel.body.encode(), now=START.timestamp()
    )
    (way,) = deliveries(endpoint)
    assert known == way.event.message_id
    assert (way.state, way.arrived_at, way.attempts) == (D.DELIVERED, START, 1)
    assert Attempt.objects.get().status == 204
    endpoint.refresh_from_db()
    assert endpoint.arrived_at == START
    assert deliver_due(now=clock, sender=receiver) == 0


def test_a_failure_waits_longer_each_time(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    happen(cast.organization, at=START)
    refuses = FakeReceiver(usual=Outcome(status=400, problem="status"))
    waits = []
    (way,) = deliveries(endpoint)
    for _ in range(5):
        deliver_due(now=clock, sender=refuses)
        way.refresh_from_db()
        waits.append((way.due_at - clock.now) / MINUTE)
        clock.now = way.due_at
    for wait, least in zip(waits, (1, 2, 4, 8, 16), strict=True):
        assert least <= wait <= least * 1.1
    assert len(set(refuses.ids)) == 1
    assert way.attempts == 5


def test_a_refused_notice_holds_up_only_its_own_thing(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    first, second = uuid4(), uuid4()
    for about in (first, first, second):
        happen(cast.organization, about=about, at=START)
    receiver = FakeReceiver(answers=[Outcome(status=500, problem="status")])
    deliver_due(now=clock, sender=receiver)
    clock.forward(MINUTE)
    deliver_due(now=clock, sender=receiver)
    states = [way.state for way in deliveries(endpoint)]
    assert states == [D.PENDING, D.PENDING, D.DELIVERED]
    clock.forward(MINUTE)
    deliver_due(now=clock, sender=receiver)
    assert [way.state for way in deliveries(endpoint)] == [D.DELIVERED] * 3
    one, two, _ = deliveries(endpoint)
    order = [
        i for i in receiver.ids if i in (one.event.message_id, two.event.message_id)
    ]
    assert order[-2:] == [one.event.message_id, two.event.message_id]


def test_retry_after_is_respected(cast: Cast, endpoint: Endpoint, clock: Clock) -> None:
    happen(cast.organization, at=START)
    happen(cast.organization, at=START)
    busy = Outcome(status=429, problem="status", retry_after="1800")
    receiver = FakeReceiver(answers=[busy, busy])
    deliver_due(now=clock, sender=receiver)
    before = len(receiver.seen)
    clock.forward(29 * MINUTE)
    assert deliver_due(now=clock, sender=receiver) == 0
    assert len(receiver.seen) == before
    clock.forward(MINUTE)
    assert deliver_due(now=clock, sender=receiver) == 2


def test_at_a_silent_receiver_one_notice_knocks(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    for _ in range(40):
        happen(cast.organization, at=START)
    deliver_due(now=clock, sender=FakeReceiver(usual=DOWN))
    tried = Attempt.objects.count()
    assert tried <= 32
    endpoint.refresh_from_db()
    # What failed side by side counts as one failure.
    assert endpoint.failures == 1
    assert endpoint.rests_until == START + MINUTE
    for _ in range(10):
        clock.forward(5 * MINUTE)
        deliver_due(now=clock, sender=FakeReceiver(usual=DOWN))
    assert Attempt.objects.count() == tried + 10
    clock.forward(5 * MINUTE)
    deliver_due(now=clock, sender=FakeReceiver())
    clock.forward(MINUTE * 60)
    deliver_due(now=clock, sender=FakeReceiver())
    assert {way.state for way in deliveries(endpoint)} == {D.DELIVERED}


def test_nobody_waits_for_anothers_silence(cast: Cast, clock: Clock) -> None:
    silent = make_endpoint(cast.organization, url="https://silent.example.com/")
    lively = make_endpoint(cast.other_organization, url="https://lively.example.com/")
    for _ in range(30):
        happen(cast.organization, at=START)
        happen(cast.other_organization, at=START)
    batch = claim(now=START)
    shares = [way.endpoint_id for way in batch]
    assert (shares.count(silent.pk), shares.count(lively.pk)) == (16, 16)


def test_no_two_workers_get_the_same(cast: Cast, endpoint: Endpoint) -> None:
    for _ in range(40):
        happen(cast.organization, at=START)
    one, two = claim(now=START), claim(now=START)
    assert len(one) == 32
    assert len(two) == 8
    assert not {way.pk for way in one} & {way.pk for way in two}


def test_gone_turns_the_address_off_and_tells(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    happen(cast.organization, at=START)
    happen(cast.organization, at=START)
    receiver = FakeReceiver(answers=[Outcome(status=410, problem="gone"), DOWN])
    deliver_due(now=clock, sender=receiver)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.off_reason) == ("off", "gone")
    assert sorted(way.state for way in deliveries(endpoint)) == [D.DEAD, D.PENDING]
    message = OutboxMessage.objects.get(template="webhooks/turned_off")
    assert message.user == cast.employer
    assert str(endpoint.public_id) in message.body
    clock.forward(timedelta(days=1))
    assert deliver_due(now=clock, sender=receiver) == 0


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.99])
def test_three_days_of_failing_turn_it_off_once(
    cast: Cast,
    endpoint: Endpoint,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    chance: float,
) -> None:
    """Whether the last try comes before the third day is over or after it."""
    settling = settle_all.__wrapped__  # type: ignore[attr-defined]
    monkeypatch.setitem(settling.__kwdefaults__, "dice", lambda: chance)
    happen(cast.organization, at=START)
    refuses = FakeReceiver(usual=Outcome(status=500, problem="status"))
    while clock.now < START + timedelta(days=4):
        deliver_due(now=clock, sender=refuses)
        clock.forward(timedelta(minutes=30))
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.off_reason) == ("off", "failing")
    assert OutboxMessage.objects.filter(template="webhooks/turned_off").count() == 1
    assert AuditEvent.objects.filter(action="webhooks.turned_off").count() == 1
    # Turned on again, it starts afresh and nothing is lost.
    resume_endpoint(endpoint=endpoint, actor=cast.employer)
    later = Clock(datetime.now(UTC) + timedelta(days=1))
    deliver_due(now=later, sender=FakeReceiver())
    assert [way.state for way in deliveries(endpoint)] == [D.DELIVERED]


def test_one_refused_notice_among_good_ones_is_given_up_alone(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    happen(cast.organization, at=START)
    bad = deliveries(endpoint)[0].event.message_id

    def receiver(parcel: object) -> Outcome:
        is_bad = parcel.headers["webhook-id"] == bad  # type: ignore[attr-defined]
        return Outcome(status=400, problem="status") if is_bad else FINE

    while clock.now < START + timedelta(days=5):
        happen(cast.organization, at=clock.now)
        deliver_due(now=clock, sender=receiver)
        clock.forward(timedelta(hours=2))
    endpoint.refresh_from_db()
    assert endpoint.state == "active"
    first, *others = deliveries(endpoint)
    assert (first.state, first.attempts) == (D.DEAD, 16)
    assert {way.state for way in others} == {D.DELIVERED}


def test_what_a_dead_worker_held_goes_again_with_the_same_id(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    happen(cast.organization, at=START)
    receiver = FakeReceiver()
    (held,) = claim(now=START)
    # Sent, and killed before it could be noted.
    receiver(parcel_of(held, now=START))
    clock.forward(2 * MINUTE)
    assert deliver_due(now=clock, sender=receiver) == 0
    clock.forward(timedelta(seconds=1))
    assert deliver_due(now=clock, sender=receiver) == 1
    assert receiver.ids == [held.event.message_id] * 2
    (way,) = deliveries(endpoint)
    assert (way.state, way.attempts) == (D.DELIVERED, 2)


def test_a_slow_worker_whose_claim_ran_out_writes_nothing(
    cast: Cast, endpoint: Endpoint
) -> None:
    happen(cast.organization, at=START)
    (slow,) = claim(now=START)
    later = START + 3 * MINUTE
    assert release_stuck(now=later) == 1
    (fast,) = claim(now=later)
    assert not settle(delivery=slow, outcome=DOWN, now=later)
    assert settle(delivery=fast, outcome=FINE, now=later)
    assert Attempt.objects.count() == 1


def test_a_worker_that_dies_every_time_is_given_up(
    cast: Cast, endpoint: Endpoint
) -> None:
    happen(cast.organization, at=START)
    Delivery.objects.update(attempts=15)
    claim(now=START)
    release_stuck(now=START + 3 * MINUTE)
    assert [way.state for way in deliveries(endpoint)] == [D.DEAD]


def test_both_secrets_sign_for_a_day(cast: Cast, endpoint: Endpoint) -> None:
    old = endpoint.secret
    changed = new_secret_for(endpoint=endpoint, actor=cast.employer, version=1)
    assert changed.secret != old
    assert changed.old_secret_until is not None
    receiver = FakeReceiver()
    for moment, count in (
        (changed.old_secret_until - MINUTE, 2),
        (changed.old_secret_until, 1),
    ):
        happen(cast.organization, at=moment)
        deliver_due(now=Clock(moment), sender=receiver)
        given = receiver.seen[-1].headers["webhook-signature"].split()
        assert len(given) == count
        body = receiver.seen[-1].body.encode()
        for secrets in [[old], [changed.secret]][2 - count :]:
            example.verify(
                secrets, receiver.seen[-1].headers, body, now=moment.timestamp()
            )


def test_the_secret_is_unreadable_in_the_database(endpoint: Endpoint) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM jobs_webhooks_endpoint")
        (kept,) = cursor.fetchone()
    assert endpoint.secret.startswith("whsec_")
    assert endpoint.secret not in kept
    assert "whsec" not in kept


def test_paused_means_kept_for_later(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    pause_endpoint(endpoint=endpoint, actor=cast.employer)
    about = uuid4()
    for _ in range(3):
        happen(cast.organization, about=about, at=START)
    receiver = FakeReceiver()
    assert deliver_due(now=clock, sender=receiver) == 0
    resume_endpoint(endpoint=endpoint, actor=cast.employer)
    assert deliver_due(now=clock, sender=receiver) == 3
    assert receiver.ids == [way.event.message_id for way in deliveries(endpoint)]


def test_dead_ones_are_sent_again_one_or_all(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    for _ in range(3):
        happen(cast.organization, at=START)
    Delivery.objects.update(state=D.DEAD, attempts=16)
    first = deliveries(endpoint)[0]
    assert send_again(delivery=first, actor=cast.employer)
    assert not send_again(delivery=first, actor=cast.employer)
    assert send_all_again(endpoint=endpoint, actor=cast.employer) == 2
    receiver = FakeReceiver()
    clock.now = datetime.now(UTC) + MINUTE
    assert deliver_due(now=clock, sender=receiver) == 3
    assert send_again(delivery=first, actor=cast.employer)
    clock.now = datetime.now(UTC) + MINUTE
    deliver_due(now=clock, sender=receiver)
    assert receiver.ids.count(first.event.message_id) == 2


def test_a_test_overtakes_everything(cast: Cast, endpoint: Endpoint) -> None:
    for _ in range(20):
        happen(cast.organization, at=endpoint.created_at + timedelta(seconds=1))
    far = datetime.now(UTC) + timedelta(hours=1)
    Endpoint.objects.update(failures=3, rests_until=far)
    sent = send_test(endpoint=endpoint, actor=cast.employer)
    assert [way.pk for way in claim(now=datetime.now(UTC) + MINUTE)] == [sent.pk]


def test_deleting_takes_the_log_along(cast: Cast, endpoint: Endpoint) -> None:
    happen(cast.organization, at=START)
    (held,) = claim(now=START)
    delete_endpoint(endpoint=endpoint, actor=cast.employer)
    assert not settle(delivery=held, outcome=FINE, now=START)
    assert not Delivery.objects.exists()
    assert not Attempt.objects.exists()
