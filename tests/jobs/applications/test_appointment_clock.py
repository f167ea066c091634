"""Reminders, offers that ran out, talks that are over: what the clock does."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.identity.models import OutboxMessage
from accounts.identity.services import outbox
from jobs.applications import emails
from jobs.applications.models import Application, Interview
from jobs.applications.services import interviews
from jobs.applications.services.appointment_clock import Courier, tend
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_interviews import PLACE, at, offer, settle
from tests.make import make_posting

REMINDER = "applications/appointment_reminder"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


def reminders() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(template=REMINDER).order_by("pk"))


def test_both_are_reminded_two_days_and_two_hours_before(
    cast: Cast, application: Application
) -> None:
    settle(application)
    start = at()
    for moment, counted in (
        (start - timedelta(hours=49), 0),
        (start - timedelta(hours=48), 2),
        (start - timedelta(hours=47), 2),
        (start - timedelta(hours=2), 4),
        (start - timedelta(hours=1), 4),
        (start + timedelta(minutes=1), 4),
    ):
        tend(now=moment)
        tend(now=moment)
        assert len(reminders()) == counted, moment
    assert {row.user_id for row in reminders()} == {
        cast.seeker.user.pk,
        cast.employer.pk,
    }
    assert all(row.expires_at == start for row in reminders())


def test_a_reminder_says_when_and_nothing_else(application: Application) -> None:
    settle(application)
    tend(now=at() - timedelta(hours=48))
    text = " ".join(row.subject + row.body for row in reminders())
    assert "10:00" in text
    for word in (PLACE, application.posting.title, "面试", "interview"):
        assert word not in text


def test_for_an_early_talk_it_comes_the_evening_before(
    application: Application,
) -> None:
    settle(application, at("08:30"))
    tend(now=at("20:00", days=1))
    before = len(reminders())
    tend(now=at("19:59", days=2))
    assert len(reminders()) == before
    tend(now=at("20:00", days=2))
    assert len(reminders()) == before + 2


def test_after_an_outage_one_message_is_enough(application: Application) -> None:
    settle(application)
    tend(now=at() - timedelta(hours=1))
    assert len(reminders()) == 2


@pytest.mark.parametrize("verb", ["call_off", "move_by_seeker"])
def test_what_is_off_is_not_reminded_of(
    cast: Cast, application: Application, verb: str
) -> None:
    settle(application)
    now = at() - timedelta(hours=48)
    tend(now=now)
    more = {"wanted_by": "text"} if verb == "move_by_seeker" else {}
    getattr(interviews, verb)(
        application=application, actor=cast.seeker.user, now=now, **more
    )
    assert [Courier().leaves_at(row, now) for row in reminders()] == [None, None]
    OutboxMessage.objects.exclude(template=REMINDER).delete()
    assert outbox.send_due(now=now) == 0
    assert {row.state for row in reminders()} == {"cancelled"}


def test_a_reminder_that_was_held_up_waits_for_the_morning_or_is_dropped(
    application: Application,
) -> None:
    settle(application)
    tend(now=at() - timedelta(hours=48))
    row = reminders()[0]
    assert Courier().leaves_at(row, at("23:00", days=2)) == at("08:00")
    assert Courier().leaves_at(row, at()) is None


def test_a_removed_posting_is_not_reminded_of(application: Application) -> None:
    settle(application)
    type(application.posting).objects.update(state="removed")
    tend(now=at() - timedelta(hours=2))
    assert reminders() == []


def test_times_nobody_picked_run_out(application: Application) -> None:
    interview = offer(application)
    last = at("09:00")
    assert tend(now=last - timedelta(minutes=1))["lapsed"] == 0
    assert tend(now=last)["lapsed"] == 1
    interview.refresh_from_db()
    assert interview.state == "lapsed"
    assert Application.objects.get().state == "shortlisted"


def test_when_it_is_over_both_are_asked_once(
    cast: Cast, application: Application
) -> None:
    settle(application)
    over = at("10:30")
    assert tend(now=over - timedelta(minutes=1))["ended"] == 0
    assert tend(now=over)["ended"] == 1
    assert tend(now=over)["ended"] == 0
    asked = OutboxMessage.objects.filter(template="applications/appointment_outcome")
    assert {row.user_id for row in asked} == {
        cast.seeker.user.pk,
        cast.employer.pk,
        cast.colleague.pk,
    }
    assert Interview.objects.get().state == "needs_outcome"


def test_an_employer_that_leaves_a_wish_unanswered_is_reminded_once(
    cast: Cast, application: Application, noon: datetime
) -> None:
    offer(application)
    interviews.ask_for_others(
        application=application, actor=cast.seeker.user, wanted_by="text"
    )
    assert tend(now=noon + timedelta(days=2, hours=23))["asked_again"] == 0
    assert tend(now=noon + timedelta(days=3))["asked_again"] == 1
    assert tend(now=noon + timedelta(days=4))["asked_again"] == 0


def test_one_that_fails_does_not_hold_up_the_others(
    cast: Cast, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(application)
    other = make_application(
        cast.other_seeker, make_posting(cast.organization), state="viewed"
    )
    settle(other, at("11:00"))
    real = emails.ask_how_it_went

    def broken(interview: Interview, *, now: datetime) -> None:
        if interview.application_id == application.pk:
            raise RuntimeError
        real(interview, now=now)

    monkeypatch.setattr(emails, "ask_how_it_went", broken)
    assert tend(now=at("12:00"))["ended"] == 1


def test_by_hand_it_shows_before_it_does(
    application: Application, set_clock: SetClock
) -> None:
    settle(application)
    set_clock("12:00", days=3)
    told = StringIO()
    call_command("tend_appointments", stdout=told)
    assert "1 over" in told.getvalue()
    assert Interview.objects.get().state == "booked"
    call_command("tend_appointments", apply=True, stdout=told)
    assert Interview.objects.get().state == "needs_outcome"
