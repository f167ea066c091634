"""Exactly the right messages, once: also when a worker dies, a talk moves or is off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.care.scheduling import emails
from accounts.care.scheduling.models import Appointment, Reminder
from accounts.care.scheduling.registry import ATTENDED, BOOKED, CANCELLED, MISSED, MOVED
from accounts.care.scheduling.services import reminders
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import OutboxMessage
from tests.accounts.care.scheduling.make_talk import make_talk
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOTICES = OutboxMessage.objects.filter(template__startswith="notices/")


@pytest.fixture
def noon() -> datetime:
    """In ten days at 12:00 in Shanghai: both reminders fall into the day."""
    day = timezone.now() + timedelta(days=10)
    return day.replace(hour=4, minute=0, second=0, microsecond=0)


@pytest.fixture
def talk(cast: Cast, noon: datetime) -> Appointment:
    made = make_talk(cast.seeker, cast.counselor, starts_at=noon)
    reminders.follow(made, BOOKED)
    return made


def send_until(moment: datetime) -> int:
    return reminders.send_due(now=moment)


def change(talk: Appointment, state: str) -> None:
    with behind_the_wall():
        talk.state, talk.ended_at = state, timezone.now()
        talk.save()


def test_both_are_sent_each_once(talk: Appointment, noon: datetime) -> None:
    assert send_until(noon - timedelta(hours=25)) == 0
    assert send_until(noon - timedelta(hours=23)) == 1
    assert send_until(noon - timedelta(hours=22)) == 0
    assert send_until(noon - timedelta(hours=1)) == 1
    assert send_until(noon) == 0
    assert NOTICES.count() == 2


def test_asked_twice_nothing_is_written_twice(talk: Appointment) -> None:
    reminders.follow(talk, BOOKED)
    assert Reminder.objects.count() == 2


def test_a_cancelled_talk_reminds_nobody(talk: Appointment, noon: datetime) -> None:
    change(talk, "cancelled_by_seeker")
    reminders.follow(talk, CANCELLED)
    assert send_until(noon - timedelta(hours=1)) == 0
    assert NOTICES.count() == 0


def test_even_if_nobody_told_the_reminders(talk: Appointment, noon: datetime) -> None:
    change(talk, "cancelled_by_counselor")
    assert send_until(noon - timedelta(hours=23)) == 0
    assert set(Reminder.objects.values_list("state", flat=True)) == {
        "dropped",
        "waiting",
    }


def test_a_moved_talk_reminds_of_its_new_time_only(
    cast: Cast, talk: Appointment, noon: datetime
) -> None:
    change(talk, "rescheduled")
    later = noon + timedelta(days=2)
    new = make_talk(cast.seeker, cast.counselor, starts_at=later, replaces=talk)
    reminders.follow(new, MOVED)
    assert send_until(noon) == 0
    assert send_until(later - timedelta(hours=23)) == 1
    assert NOTICES.get().body.count("http") == 1


def test_a_worker_that_dies_leaves_the_row_for_the_next(
    talk: Appointment, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = emails.remind

    def die(*args: Any, **kwargs: Any) -> bool:
        queue(*args, **kwargs)
        raise SystemExit

    monkeypatch.setattr(emails, "remind", die)
    with pytest.raises(SystemExit):
        send_until(noon - timedelta(hours=23))
    assert NOTICES.count() == 0
    monkeypatch.setattr(emails, "remind", queue)
    assert send_until(noon - timedelta(hours=22)) == 1
    assert NOTICES.count() == 1


def test_what_was_down_for_a_day_sends_only_what_still_helps(
    talk: Appointment, noon: datetime
) -> None:
    assert send_until(noon - timedelta(hours=1)) == 1
    states = dict(Reminder.objects.values_list("kind", "state"))
    assert states == {"day_before": "dropped", "two_hours": "sent"}


def test_after_a_missed_talk_one_kind_word(talk: Appointment, noon: datetime) -> None:
    change(talk, "no_show")
    reminders.follow(talk, MISSED)
    reminders.follow(talk, MISSED)
    tomorrow = timezone.now() + timedelta(days=1)
    assert send_until(tomorrow) == 1
    assert [row.template for row in NOTICES.all()] == ["notices/again"]


def test_who_came_after_all_gets_no_such_word(talk: Appointment) -> None:
    change(talk, "no_show")
    reminders.follow(talk, MISSED)
    change(talk, "attended")
    reminders.follow(talk, ATTENDED)
    assert send_until(timezone.now() + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("way", "channel"),
    [("usual", "email"), ("email", "email"), ("sms", "sms"), ("none", None)],
)
def test_as_the_person_wishes(
    cast: Cast, talk: Appointment, noon: datetime, way: str, channel: str | None
) -> None:
    user = cast.seeker.user
    user.phone = "+8613800000000"
    user.save()
    reminders.set_way(subject=ensure_subject(user=user), way=way)  # type: ignore[arg-type]
    send_until(noon - timedelta(hours=23))
    assert [row.channel for row in NOTICES.all()] == ([channel] if channel else [])


def test_the_message_says_nothing_about_care(talk: Appointment, noon: datetime) -> None:
    send_until(noon - timedelta(hours=23))
    message = NOTICES.get()
    told = message.subject + message.body + message.dedupe_key + message.template
    for word in ("辅导", "心", "周老师", "counselor", "care", str(talk.pk)):
        assert word not in told.replace("/care/visits/", ""), word


def test_nobody_is_told_after_leaving(
    cast: Cast, talk: Appointment, noon: datetime
) -> None:
    user = cast.seeker.user
    user.is_active = False
    user.save()
    assert send_until(noon - timedelta(hours=23)) == 0
