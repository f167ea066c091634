"""Real transactions, real threads: limits hold however fast people are."""

from __future__ import annotations

from functools import partial

import pytest

from accounts.identity.models import OutboxMessage
from jobs.applications.enums import ContactChannel
from jobs.applications.models import ContactAttempt, ContactStop, Message
from jobs.applications.services import contact
from jobs.applications.services.messages import MessageRefused
from tests.jobs.applications.clock import shanghai
from tests.jobs.applications.make import send, take
from tests.jobs.applications.make_contact import look, say
from tests.jobs.applications.together import together
from tests.make import make_member, make_organization, make_posting, make_seeker

pytestmark = pytest.mark.django_db(transaction=True)


def test_five_colleagues_at_once_never_make_a_fourth_look() -> None:
    """Two applications, five people, one seeker."""
    organization = make_organization()
    people = [make_member(organization, email=f"hr{n}@example.com") for n in range(5)]
    seeker = make_seeker()
    rows = [
        take(send(seeker, make_posting(organization)), "view", people[0])
        for _nr in range(2)
    ]
    now = shanghai("12:00")
    results = together(
        [partial(look, rows[n % 2], person, now) for n, person in enumerate(people)]
    )
    assert all(isinstance(result, ContactAttempt) for result in results), results
    shown = ContactAttempt.objects.filter(number__isnull=False)
    assert set(shown.values_list("number", flat=True)) == {1, 2, 3}
    assert shown.count() == 3
    assert ContactAttempt.objects.filter(refusal="too_often").count() == 2


def test_two_taps_of_one_person_are_one_look() -> None:
    organization = make_organization()
    person = make_member(organization)
    application = take(send(make_seeker(), make_posting(organization)), "view", person)
    first, again = together([partial(look, application, person, shanghai("12:00"))] * 2)
    assert first == again == ContactAttempt.objects.get()


def test_a_stop_beside_a_look_is_before_or_after_it() -> None:
    organization = make_organization()
    person, seeker = make_member(organization), make_seeker()
    application = take(send(seeker, make_posting(organization)), "view", person)
    stop = partial(
        contact.stop_contact,
        application=application,
        actor=seeker.user,
        channel=ContactChannel.PHONE,
    )
    now = shanghai("12:00")
    found, *_nones = together([partial(look, application, person, now), stop, stop])
    assert found.refusal in {"", "stopped"}
    assert ContactStop.objects.count() == 1
    assert contact.open_number(application=application, actor=person, now=now) is None


def test_four_messages_at_once_are_three_and_one_notice() -> None:
    organization = make_organization()
    people = [make_member(organization, email=f"hr{n}@example.com") for n in range(4)]
    application = take(
        send(make_seeker(), make_posting(organization)), "view", people[0]
    )
    now = shanghai("12:00")
    results = together(
        [partial(say, application, person, "您好，方便吗？", now) for person in people]
    )
    assert Message.objects.count() == 3
    assert sum(isinstance(result, MessageRefused) for result in results) == 1
    notices = OutboxMessage.objects.filter(template="applications/message")
    assert notices.count() == 1
