"""Real transactions, real threads: colleagues who invite at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import DatabaseError

from accounts.identity.models import OutboxMessage
from accounts.seekers.models import CompanyBlock
from accounts.seekers.services import hide_profile
from jobs.applications.models import Invitation
from jobs.applications.services import invitations
from jobs.applications.services.invitations import InviteRefused
from tests.jobs.applications.clock import shanghai
from tests.jobs.applications.make import send
from tests.jobs.applications.make_people import ask, make_visible
from tests.jobs.applications.together import together
from tests.make import make_member, make_organization, make_posting

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_colleagues_at_once_make_one_row_and_one_message() -> None:
    organization = make_organization()
    people = [make_member(organization, email=f"hr{n}@example.com") for n in range(2)]
    posting, seeker = make_posting(organization), make_visible()
    now = shanghai("12:00")
    one, two = together([partial(ask, posting, seeker, p, now) for p in people])
    assert one == two == Invitation.objects.get()
    assert OutboxMessage.objects.filter(template="applications/invited").count() == 1


def test_the_tenth_place_of_a_day_is_given_once() -> None:
    organization = make_organization()
    people = [make_member(organization, email=f"hr{n}@example.com") for n in range(3)]
    rows = [make_posting(organization) for _nr in range(3)]
    seekers = [make_visible(number) for number in range(12)]
    now = shanghai("12:00")
    for seeker in seekers[:9]:
        ask(rows[0], seeker, people[0], now)
    results = together(
        [
            partial(ask, row, seeker, person, now)
            for row, seeker, person in zip(rows, seekers[9:], people, strict=True)
        ]
    )
    refused = [r.reason for r in results if isinstance(r, InviteRefused)]
    assert refused == ["day_full", "day_full"]
    numbers = Invitation.objects.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 11))


def test_hiding_beside_an_invitation_is_before_or_after_it() -> None:
    organization = make_organization()
    person = make_member(organization)
    posting, seeker = make_posting(organization), make_visible()
    asked, hidden = together(
        [
            partial(ask, posting, seeker, person, shanghai("12:00")),
            partial(hide_profile, profile=seeker, actor=seeker.user),
        ]
    )
    assert hidden == seeker
    if isinstance(asked, InviteRefused):
        assert asked.reason == "gone"
        assert not Invitation.objects.exists()
    else:
        assert asked == Invitation.objects.get()


def test_an_application_beside_a_no_leaves_a_row_that_holds_together() -> None:
    organization = make_organization()
    posting, seeker = make_posting(organization), make_visible()
    invitation = ask(posting, seeker, make_member(organization), shanghai("12:00"))
    results = together(
        [
            partial(send, seeker, posting),
            partial(invitations.never_again, invitation=invitation, actor=seeker.user),
        ]
    )
    assert not any(isinstance(r, DatabaseError) for r in results), results
    invitation.refresh_from_db()
    assert CompanyBlock.objects.count() == 1
    assert invitation.state in {"applied", "declined"}
    assert (invitation.application is not None) == (invitation.state == "applied")
