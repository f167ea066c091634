from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from accounts.identity.models import AuditEvent, User
from accounts.seekers.enums import CallWish
from jobs.applications.enums import CallOutcome, ContactChannel, InterviewBy
from jobs.applications.models import Application, ContactAttempt, ContactStop
from jobs.applications.rules.contact import SHANGHAI
from jobs.applications.services import contact
from jobs.applications.services.parties import NotInvolved
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock, shanghai
from tests.jobs.applications.make import make_application, take
from tests.jobs.applications.make_contact import look, phone_talk, received, second
from tests.jobs.applications.make_interviews import offer, take_slot
from tests.make import make_member, make_organization, make_posting, make_seeker


@pytest.fixture
def application(cast: Cast) -> Application:
    return received(cast)


def refusals(application: Application) -> list[str]:
    rows = ContactAttempt.objects.filter(organization=application.organization_id)
    return list(rows.order_by("pk").values_list("refusal", flat=True))


def test_a_look_is_counted_and_kept(cast: Cast, application: Application) -> None:
    attempt = look(application, cast.employer, shanghai("12:00"))
    assert (attempt.number, attempt.refusal, attempt.by) == (1, "", cast.employer)
    trail = AuditEvent.objects.filter(action="application.number_shown").get()
    assert trail.subject_id == cast.seeker.user.pk


def test_a_second_tap_finds_the_open_look(cast: Cast, application: Application) -> None:
    first = look(application, cast.employer, shanghai("12:00"))
    assert look(application, cast.employer, shanghai("12:14")) == first
    assert look(application, cast.employer, shanghai("12:15")) != first


def test_the_fourth_of_the_day_is_refused_and_counted(
    cast: Cast, application: Application
) -> None:
    """Colleagues and other applications count together; the next day is a new one."""
    other = second(cast)
    look(application, cast.employer, shanghai("09:00"))
    look(application, cast.colleague, shanghai("09:01"))
    look(other, cast.employer, shanghai("09:02"))
    fourth = look(other, cast.colleague, shanghai("18:00"))
    assert (fourth.number, fourth.refusal) == (None, "too_often")
    assert look(other, cast.colleague, shanghai("08:00", days=1)).number == 1
    assert refusals(application) == ["", "", "", "too_often", ""]


def test_another_seeker_and_another_organisation_are_not_counted(
    cast: Cast, application: Application
) -> None:
    for clock in ("09:00", "10:00", "11:00"):
        look(application, cast.employer, shanghai(clock))
    elsewhere = make_application(
        cast.seeker, make_posting(cast.other_organization), state="viewed"
    )
    assert look(elsewhere, cast.other_employer, shanghai("12:00")).number == 1
    assert look(
        second(cast, cast.other_seeker), cast.employer, shanghai("12:00")
    ).number


@pytest.mark.parametrize("clock", ["07:59", "22:00", "03:00"])
def test_nobody_is_called_at_night(
    cast: Cast, application: Application, clock: str
) -> None:
    assert look(application, cast.employer, shanghai(clock)).refusal == "at_night"


@pytest.mark.parametrize("channel", ContactChannel)
def test_a_stop_ends_calls_of_the_whole_organisation(
    cast: Cast, application: Application, channel: ContactChannel
) -> None:
    other = second(cast)
    contact.stop_contact(
        application=application, actor=cast.seeker.user, channel=channel
    )
    for row in (application, other):
        assert look(row, cast.employer, shanghai("12:00")).refusal == "stopped"


def test_a_stop_closes_an_open_number(cast: Cast, application: Application) -> None:
    now = shanghai("12:00")
    look(application, cast.employer, now)
    contact.stop_contact(
        application=application, actor=cast.seeker.user, channel=ContactChannel.PHONE
    )
    found = contact.open_number(
        application=application, actor=cast.employer, now=now + timedelta(minutes=1)
    )
    assert found is None


def test_stopping_twice_is_one_stop(cast: Cast, application: Application) -> None:
    for _tap in range(2):
        contact.stop_contact(
            application=application,
            actor=cast.seeker.user,
            channel=ContactChannel.PHONE,
        )
    assert ContactStop.objects.count() == 1


def test_the_first_no_on_the_phone_is_a_stop(
    cast: Cast, application: Application
) -> None:
    attempt = look(application, cast.employer, shanghai("12:00"))
    contact.note_outcome(
        application=application,
        actor=cast.colleague,
        attempt_id=attempt.pk,
        outcome=CallOutcome.ASKED_TO_STOP,
    )
    assert ContactStop.objects.get().said_by == "employer"
    assert look(application, cast.employer, shanghai("13:00")).refusal == "stopped"


def test_an_outcome_is_noted_once(cast: Cast, application: Application) -> None:
    attempt = look(application, cast.employer, shanghai("12:00"))
    noting: dict[str, Any] = {"application": application, "actor": cast.employer}
    contact.note_outcome(
        **noting, attempt_id=attempt.pk, outcome=CallOutcome.UNANSWERED
    )
    with pytest.raises(contact.OutcomeRefused):
        contact.note_outcome(
            **noting, attempt_id=attempt.pk, outcome=CallOutcome.ANSWERED
        )


def test_a_refused_look_has_no_outcome(cast: Cast, application: Application) -> None:
    attempt = look(application, cast.employer, shanghai("23:00"))
    with pytest.raises(contact.OutcomeRefused):
        contact.note_outcome(
            application=application,
            actor=cast.employer,
            attempt_id=attempt.pk,
            outcome=CallOutcome.ANSWERED,
        )


def test_only_at_the_agreed_time(cast: Cast, application: Application) -> None:
    contact.change_calls(
        application=application, actor=cast.seeker.user, calls=CallWish.AGREED
    )
    talk = shanghai("15:00", days=2)
    application = phone_talk(application, cast.employer, talk)
    early = look(application, cast.employer, talk - timedelta(minutes=31))
    assert early.refusal == "not_agreed"
    assert look(application, cast.employer, talk - timedelta(minutes=30)).number == 1


def test_a_time_picked_late_is_agreed_on(
    cast: Cast, application: Application, set_clock: SetClock
) -> None:
    """It was offered a day ahead, and the person picked it themselves."""
    contact.change_calls(
        application=application, actor=cast.seeker.user, calls=CallWish.AGREED
    )
    set_clock("12:00")
    talk = shanghai("13:30", days=1)
    offered = offer(
        application, cast.employer, [talk], by=InterviewBy.PHONE, place="我们打给你"
    )
    set_clock("12:00", days=1)
    application = take_slot(offered).application
    early = look(application, cast.employer, talk - timedelta(minutes=31))
    assert early.refusal == "not_agreed"
    assert look(application, cast.employer, talk).number == 1


def test_the_wish_of_the_profile_goes_along(cast: Cast) -> None:
    cast.seeker.calls = CallWish.WRITE
    cast.seeker.save()
    application = received(cast)
    assert look(application, cast.employer, shanghai("12:00")).refusal == "write_only"


@pytest.mark.parametrize("state", ["declined", "withdrawn", "no_response", "hired"])
def test_an_ended_application_gives_no_number(cast: Cast, state: str) -> None:
    application = received(cast, state=state)
    assert look(application, cast.employer, shanghai("12:00")).refusal == "ended"


def test_an_organisation_whose_check_ran_out_gets_no_number(
    cast: Cast, application: Application
) -> None:
    cast.organization.verification = "suspended"
    cast.organization.save()
    assert look(application, cast.employer, shanghai("12:00")).refusal == "not_checked"


def test_only_members_look_and_only_the_seeker_stops(
    cast: Cast, application: Application
) -> None:
    for stranger in (cast.seeker.user, cast.other_employer):
        with pytest.raises(NotInvolved):
            look(application, stranger, shanghai("12:00"))
    with pytest.raises(NotInvolved):
        contact.stop_contact(
            application=application, actor=cast.employer, channel=ContactChannel.PHONE
        )


MINUTES = st.integers(0, 2 * 24 * 60 - 1)


class TestRandomDays(TestCase):
    people: list[User]
    rows: list[Application]

    @classmethod
    def setUpTestData(cls) -> None:
        organization = make_organization()
        cls.people = [
            make_member(organization, email=f"hr{n}@example.com") for n in range(2)
        ]
        seeker = make_seeker()
        cls.rows = [
            take(make_application(seeker, make_posting(organization)), "view", person)
            for person in cls.people
        ]

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(MINUTES, st.booleans(), st.booleans()), max_size=12))
    def test_no_day_shows_a_number_four_times(
        self, tries: list[tuple[int, bool, bool]]
    ) -> None:
        start = datetime(2026, 11, 23, tzinfo=SHANGHAI)
        for minute, person, row in sorted(tries):
            now = start + timedelta(minutes=minute)
            look(self.rows[row], self.people[person], now)
        shown = ContactAttempt.objects.filter(number__isnull=False)
        for day in set(shown.values_list("day", flat=True)):
            assert shown.filter(day=day).count() <= 3
        assert all(8 <= a.at.astimezone(SHANGHAI).hour < 22 for a in shown)
