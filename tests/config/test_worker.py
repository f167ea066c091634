from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.identity.enums import Channel, MessageState
from accounts.identity.models import Heartbeat, OutboxMessage
from accounts.identity.services import outbox
from config import broker
from tests.processes import Provider, Worker, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
SEND = "accounts.identity.send_due_messages"
HOW_MANY = 30


def queue_messages() -> list[str]:
    messages = [
        OutboxMessage(
            channel=Channel.EMAIL,
            address="someone@example.com",
            template="test",
            language="zh-hans",
            subject=f"{number}",
            body="text",
            dedupe_key=f"test:{number}",
        )
        for number in range(HOW_MANY)
    ]
    OutboxMessage.objects.bulk_create(messages)
    return [str(message.public_id) for message in messages]


def count_sent() -> int:
    return OutboxMessage.objects.filter(state=MessageState.SENT).count()


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    worker: Worker, provider: Provider
) -> None:
    ids = queue_messages()
    worker.ask(SEND)
    worker.start()
    wait_until(lambda: len(provider.seen) >= 5)
    worker.kill()
    assert count_sent() < HOW_MANY

    # What beat does every minute, once the dead worker's claims have run out.
    later = timezone.now() + timedelta(seconds=outbox.CLAIM_SECONDS + 1)
    assert outbox.release_stuck_messages(now=later) > 0
    worker.start()
    worker.ask(SEND)
    wait_until(lambda: count_sent() == HOW_MANY)
    worker.end()

    tries = Counter(provider.seen)
    assert set(tries) == set(ids)
    # Only the one in hand may come twice, and its id tells the provider so.
    assert len(provider.seen) <= HOW_MANY + 1


@pytest.mark.parametrize("broker_url", ["database"], indirect=True)
def test_a_worker_told_to_stop_finishes_what_it_has(
    worker: Worker, provider: Provider
) -> None:
    queue_messages()
    worker.ask(SEND)
    worker.start()
    wait_until(lambda: len(provider.seen) >= 3)
    worker.stop()
    assert not OutboxMessage.objects.filter(state=MessageState.SENDING).exists()
    assert count_sent() == len(provider.seen) == len(set(provider.seen))


@pytest.mark.parametrize("broker_url", ["database"], indirect=True)
def test_two_workers_share_the_work(
    worker: Worker, provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = tmp_path_factory.mktemp("second") / "worker.log"
    second = Worker(worker.broker_url, worker.environment, log)
    ids = queue_messages()
    for one in (worker, second):
        one.start()
        one.ask(SEND)
    wait_until(lambda: count_sent() == HOW_MANY)
    for one in (worker, second):
        one.kill()
    assert sorted(provider.seen) == sorted(ids)


def test_a_heartbeat_goes_round_at_the_start(worker: Worker) -> None:
    worker.start()
    wait_until(lambda: Heartbeat.objects.filter(name="worker").exists())


@pytest.mark.parametrize("broker_url", ["database"], indirect=True)
def test_tidying_keeps_waiting_tasks(worker: Worker) -> None:
    later = timezone.now() + timedelta(hours=2)
    worker.start()
    wait_until(Heartbeat.objects.exists)
    worker.stop()
    worker.ask(SEND)
    assert broker.forget_delivered(now=timezone.now()) == 0
    assert broker.forget_delivered(now=later) == 1
    assert broker.forget_delivered(now=later) == 0
