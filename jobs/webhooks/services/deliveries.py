"""Events on their way: claimed, sent, noted, tried again.

What is claimed by a worker that dies is released and sent again with the same id: the
receiver gets everything at least once, and knows a second copy by the id.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.identity.switches import is_on
from jobs.webhooks.enums import DeliveryState as D, EndpointState, OffReason
from jobs.webhooks.models import Attempt, Delivery, Endpoint
from jobs.webhooks.rules import retries, signing
from jobs.webhooks.rules.workflow import ADMIN, DELIVERY, SYSTEM
from jobs.webhooks.services.endpoints import turn_off
from jobs.webhooks.services.events import wake_a_worker
from jobs.webhooks.services.sending import Outcome, Parcel, send

Clock = Callable[[], datetime]
Sender = Callable[[Parcel], Outcome]
Sent = tuple[Delivery, Outcome]
_HEALTH = ["arrived_at", "failing_since", "failures", "rests_until"]
# Sent side by side; a batch of nothing but silence takes one time-out, 10 seconds.
BATCH = 32
# Longer than that, with room to spare for slow look-ups of names.
CLAIM = timedelta(seconds=120)
# Other tasks wait for the same worker; the schedule goes on with what is left.
SECONDS_A_RUN = 20.0


def deliver_due(*, now: Clock, sender: Sender = send) -> int:
    """Everything that is due, in batches, as long as the run may last; what arrived."""
    release_stuck(now=now())
    ends, arrived = time.monotonic() + SECONDS_A_RUN, 0
    with ThreadPoolExecutor(BATCH) as pool:
        while time.monotonic() < ends and (batch := claim(now=now())):
            for answered in _sent(pool, batch, sender, now()):
                arrived += settle_all(answered, now=now())
    return arrived


def _sent(
    pool: ThreadPoolExecutor,
    batch: Sequence[Delivery],
    sender: Sender,
    now: datetime,
) -> Iterator[list[Sent]]:
    """As soon as there are answers, all that are there by then.

    The threads never touch the database.
    """
    sending = {pool.submit(sender, parcel_of(one, now=now)): one for one in batch}
    waiting = set(sending)
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        yield [(sending[one], one.result()) for one in done]


def parcel_of(delivery: Delivery, *, now: datetime) -> Parcel:
    endpoint, event = delivery.endpoint, delivery.event
    signed = signing.headers(
        endpoint.secrets_at(now),
        message_id=event.message_id,
        timestamp=int(now.timestamp()),
        body=event.body,
    )
    return Parcel(url=endpoint.url, headers=signed, body=event.body)


@transaction.atomic
def claim(*, now: datetime, limit: int = BATCH) -> list[Delivery]:
    """Take what may be sent now, a share of each address; no two workers get the same.

    At a receiver that did not answer only one notice knocks.
    """
    # Those that are held back must not stand in the way of others.
    ready = list(islice(filter(_may_send, _ready(now).iterator()), limit))
    taken: list[Delivery] = []
    for place, endpoint in enumerate(ready):
        share = -(-(limit - len(taken)) // (len(ready) - place))
        most = 1 if endpoint.failures else share
        taken += _take(endpoint, most, now)
    return taken


def _may_send(endpoint: Endpoint) -> bool:
    """What an operator holds back waits in its order and goes out later."""
    organization = endpoint.organization.public_id
    return is_on("webhooks_sending", organization=organization)


def _ready(now: datetime) -> QuerySet[Endpoint]:
    """Addresses with something to send, whoever waits longest first."""
    due = Delivery.objects.filter(
        endpoint=OuterRef("pk"), state=D.PENDING, due_at__lte=now
    )
    longest = due.order_by("due_at").values("due_at")[:1]
    return (
        Endpoint.objects.filter(
            Q(rests_until__isnull=True) | Q(rests_until__lte=now),
            Exists(due),
            state=EndpointState.ACTIVE,
        )
        .select_related("organization")
        .annotate(since=Subquery(longest))
        .order_by("since", "pk")
    )


def _take(endpoint: Endpoint, most: int, now: datetime) -> list[Delivery]:
    found = list(
        Delivery.objects.due(now=now)
        .filter(endpoint=endpoint)
        .select_related("event")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("due_at", "pk")[:most]
    )
    keys = [delivery.pk for delivery in found]
    if keys:
        Delivery.objects.filter(pk__in=keys).update(
            state=_after("claim", D.PENDING), claimed_at=now, attempts=F("attempts") + 1
        )
    for delivery in found:
        delivery.endpoint = endpoint
        delivery.state, delivery.claimed_at = D.SENDING, now
        delivery.attempts += 1
    return found


def _after(event: str, state: str, actor: str = SYSTEM) -> str:
    return DELIVERY.step(state=state, event=event, actor=actor).target


def settle(*, delivery: Delivery, outcome: Outcome, now: datetime) -> bool:
    """True where it arrived and this claim still counted."""
    return settle_all([(delivery, outcome)], now=now) == 1


@transaction.atomic
def settle_all(
    sent: Sequence[Sent], *, now: datetime, dice: Callable[[], float] = random.random
) -> int:
    """Note what came of each, in one transaction; how many arrived.

    What another worker has claimed meanwhile is left to that one.
    """
    # Always addresses before deliveries: nobody waits in a circle.
    endpoints = _locked_endpoints(sent)
    held = _locked_deliveries(sent)
    changed: list[Delivery] = []
    tries: list[Attempt] = []
    for delivery, outcome in sent:
        current = held.get(delivery.pk)
        if current is None or current.claimed_at != delivery.claimed_at:
            continue
        endpoint = endpoints[current.endpoint_id]
        current.claimed_at = None
        if outcome.arrived:
            current.state, current.arrived_at = _after("arrive", D.SENDING), now
            _is_well(endpoint, now)
        else:
            _failed(endpoint, current, outcome, now, dice())
        changed.append(current)
        tries.append(_try(current, outcome, now))
    Attempt.objects.bulk_create(tries)
    Delivery.objects.bulk_update(
        changed, ["state", "claimed_at", "arrived_at", "due_at"]
    )
    for key in {one.endpoint_id for one in changed}:
        endpoints[key].save(update_fields=_HEALTH)
    return sum(one.state == D.DELIVERED for one in changed)


def _locked_endpoints(sent: Sequence[Sent]) -> dict[int, Endpoint]:
    keys = {delivery.endpoint_id for delivery, _ in sent}
    rows = Endpoint.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("organization").filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in found}


def _locked_deliveries(sent: Sequence[Sent]) -> dict[int, Delivery]:
    """Those that are still on their way; none of an address that was deleted."""
    keys = [delivery.pk for delivery, _ in sent]
    rows = Delivery.objects.select_for_update(of=("self",)).filter(state=D.SENDING)
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def _try(delivery: Delivery, outcome: Outcome, now: datetime) -> Attempt:
    return Attempt(
        delivery=delivery,
        at=now,
        took_ms=outcome.took_ms,
        status=outcome.status,
        problem=outcome.problem,
        excerpt=outcome.excerpt,
    )


def _is_well(endpoint: Endpoint, now: datetime) -> None:
    endpoint.arrived_at, endpoint.failing_since = now, None
    endpoint.failures, endpoint.rests_until = 0, None


def _failed(
    endpoint: Endpoint,
    delivery: Delivery,
    outcome: Outcome,
    now: datetime,
    dice: float,
) -> None:
    asked = retries.asked_to_wait(outcome.retry_after, now=now)
    endpoint.failing_since = endpoint.failing_since or now
    turns_off = retries.is_time_to_turn_off(endpoint.failing_since, now=now)
    # What an address was turned off with waits until it is turned on again.
    if outcome.is_gone or (retries.gives_up(delivery.attempts) and not turns_off):
        delivery.state = _after("give_up", D.SENDING)
    else:
        delivery.state = _after("fail", D.SENDING)
        again = retries.wait_after(delivery.attempts, dice=dice)
        delivery.due_at = now + max(again, asked)
    if outcome.is_receiver_down:
        _rest(endpoint, asked, now)
    else:
        endpoint.failures, endpoint.rests_until = 0, None
    if outcome.is_gone:
        turn_off(endpoint, OffReason.GONE)
    elif turns_off:
        turn_off(endpoint, OffReason.FAILING)


def _rest(endpoint: Endpoint, asked: timedelta, now: datetime) -> None:
    """What failed side by side is one failure: it rests no longer for that."""
    until = endpoint.rests_until
    if until is None or until <= now:
        endpoint.failures += 1
        until = now + retries.rest_after(endpoint.failures)
    endpoint.rests_until = max(until, now + asked)


def release_stuck(*, now: datetime) -> int:
    """Give back what a worker held that died; it may have arrived, and goes again."""
    stuck = Delivery.objects.filter(state=D.SENDING, claimed_at__lt=now - CLAIM)
    hopeless = stuck.filter(attempts__gte=retries.MOST_ATTEMPTS).update(
        state=_after("give_up", D.SENDING), claimed_at=None
    )
    return hopeless + stuck.filter(attempts__lt=retries.MOST_ATTEMPTS).update(
        state=_after("release", D.SENDING), claimed_at=None
    )


@transaction.atomic
def send_again(*, delivery: Delivery, actor: User) -> bool:
    """With the same id; a new round of tries. False while it is on its way anyway."""
    rows = Delivery.objects.filter(pk=delivery.pk)
    return bool(_again(rows, delivery.endpoint, actor))


@transaction.atomic
def send_all_again(*, endpoint: Endpoint, actor: User) -> int:
    """All that were given up, in their old order."""
    rows = Delivery.objects.filter(endpoint=endpoint, state=D.DEAD)
    return _again(rows, endpoint, actor)


def _again(rows: QuerySet[Delivery], endpoint: Endpoint, actor: User) -> int:
    settled = rows.filter(state__in=[D.DEAD, D.DELIVERED])
    count = settled.update(
        state=_after("send_again", D.DEAD, ADMIN),
        attempts=0,
        due_at=timezone.now(),
        arrived_at=None,
    )
    if count:
        record_event(
            action="webhooks.sent_again",
            actor=actor,
            on=endpoint,
            about=actor,
            detail={"count": count},
        )
        wake_a_worker()
    return count
