"""A worker dies while it reminds people; talks move and are given back meanwhile."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.care.scheduling.enums import Actor
from accounts.care.scheduling.models import Appointment, Reminder
from accounts.care.scheduling.registry import BOOKED, CANCELLED, MOVED
from accounts.care.scheduling.services import reminders
from accounts.care.scheduling.services.steps import take_step
from accounts.care.vault.access import user_of
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import OutboxMessage
from tests.accounts.care.scheduling.make_talk import make_talk
from tests.accounts.care.scheduling.noon import NOON, REMIND, TALKS
from tests.cast import Cast
from tests.make import make_counselor, make_seeker
from tests.processes import Worker, wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("broker_url", ["rabbitmq"], indirect=True),
]
PEOPLE = 30
NOTICES = OutboxMessage.objects.filter(template="notices/soon")


@pytest.fixture(autouse=True)
def at_noon(worker: Worker) -> None:
    worker.include = "tests.accounts.care.scheduling.noon"


@pytest.fixture
def talks(cast: Cast) -> list[Appointment]:
    """One each of many people, with a counselor each: all are due at noon the day before."""
    made = []
    for number in range(PEOPLE):
        person = make_seeker(email=f"{number}@example.com", pseudonym=f"人{number}")
        other = make_counselor(email=f"c{number}@example.com", name=f"师{number}")
        talk = make_talk(person, other, starts_at=TALKS)
        reminders.follow(talk, BOOKED)
        made.append(talk)
    return made


def ask_until(worker: Worker, holds: Callable[[], bool]) -> None:
    asked = 0.0

    def is_done() -> bool:
        nonlocal asked
        if time.monotonic() - asked > 3:
            worker.ask(REMIND)
            asked = time.monotonic()
        return holds()

    wait_until(is_done, seconds=90)


def account_of(talk: Appointment) -> int:
    user = user_of(talk.subject) if talk.subject else None
    assert user
    return user.pk


@behind_the_wall()
def give_back(talk: Appointment) -> None:
    take_step(talk, "cancel", actor=Actor.SEEKER)
    reminders.follow(talk, CANCELLED)


@behind_the_wall()
def move(talk: Appointment) -> None:
    """Two days later: nothing is due at this noon."""
    take_step(talk, "move", actor=Actor.SEEKER)
    new = Appointment.objects.get(pk=talk.pk)
    new.pk, new.replaces, new.state = uuid.uuid4(), talk, "booked"
    new.starts_at += timedelta(days=2)
    new.ends_at = new.blocked_until = new.starts_at + timedelta(minutes=50)
    new.blocked_from, new.ended_at = new.starts_at, None
    new.save(force_insert=True)
    reminders.follow(new, MOVED)


def test_exactly_the_right_messages_once(
    worker: Worker, talks: list[Appointment]
) -> None:
    worker.start()
    ask_until(worker, lambda: NOTICES.count() >= 5)
    worker.kill()
    told = set(NOTICES.values_list("user_id", flat=True))
    assert 0 < len(told) < PEOPLE
    # What a dead worker wrote is whole: a message for each row that says so.
    assert Reminder.objects.filter(state="sent").count() == len(told)

    with behind_the_wall():
        left = [talk for talk in talks if account_of(talk) not in told]
    give_back(left[0])
    move(left[1])
    gone = {account_of(talk) for talk in left[:2]}

    waiting = Reminder.objects.filter(state="waiting", due_at__lte=NOON)
    worker.start()
    ask_until(worker, lambda: not waiting.exists())
    worker.ask(REMIND)
    worker.end()

    everybody = {account_of(talk) for talk in talks}
    found = Counter(NOTICES.values_list("user_id", flat=True))
    assert found == Counter(everybody - gone)
