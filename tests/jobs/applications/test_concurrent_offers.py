"""Real transactions: the ten minutes, the employer's step, the second tap."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.consent.access import active_consents_for
from accounts.employers.models import Organization
from accounts.identity.models import OutboxMessage, User
from accounts.lib.dates import today
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application, Offer, RetentionCheck
from jobs.applications.services.leaving import AppliedAgain, TooLate
from jobs.applications.services.offers import watch_offers
from jobs.applications.services.retention import ask_retention
from jobs.applications.services.steps import AlreadyMoved
from tests.jobs.applications.make import make_application, send, take
from tests.jobs.applications.together import together
from tests.make import make_member, make_organization, make_posting, make_seeker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organization(transactional_db: None) -> Organization:
    return make_organization()


@pytest.fixture
def employer(organization: Organization) -> User:
    return make_member(organization, role="admin")


@pytest.fixture
def seeker(transactional_db: None) -> SeekerProfile:
    return make_seeker()


def test_undo_beside_an_employers_step_restores_or_stands_alone(
    organization: Organization, employer: User, seeker: SeekerProfile
) -> None:
    """While it is withdrawn the employer can do nothing; after the undo they can."""
    start = make_application(seeker, make_posting(organization), state="viewed")
    left = take(start, "withdraw", seeker.user)
    _undone, step = together(
        [
            partial(take, left, "undo", seeker.user),
            partial(take, left, "shortlist", employer),
        ]
    )
    assert isinstance(step, TransitionRefused)  # its page was drawn before the undo
    row = Application.objects.get()
    assert (row.state, row.processed_at) == ("viewed", None)
    assert take(row, "shortlist", employer).state == "shortlisted"


def test_leaving_beside_an_offer_is_undone_to_what_stood_then(
    organization: Organization, employer: User, seeker: SeekerProfile
) -> None:
    start = make_application(seeker, make_posting(organization), state="shortlisted")
    together(
        [
            partial(take, start, "withdraw", seeker.user),
            partial(take, start, "offer", employer),
        ]
    )
    left = Application.objects.get()
    assert left.state == "withdrawn"
    came_from = left.transitions.order_by("pk").last()
    assert came_from is not None
    back = take(left, "undo", seeker.user)
    assert back.state == came_from.from_state
    assert Offer.objects.count() == (back.state == "offered")


def test_two_taps_on_undo_come_back_once(
    organization: Organization, employer: User, seeker: SeekerProfile
) -> None:
    left = make_application(seeker, make_posting(organization), state="withdrawn")
    outcomes = together([partial(take, left, "undo", seeker.user)] * 2)
    assert sum(isinstance(o, TooLate) for o in outcomes) == 1
    assert left.transitions.filter(event="undo").count() == 1
    mine = active_consents_for(seeker.user).filter(scope=left.consent_scope)
    assert mine.count() == 1


def test_undo_beside_a_new_application_leaves_one_active(
    organization: Organization, employer: User, seeker: SeekerProfile
) -> None:
    posting = make_posting(organization)
    left = make_application(seeker, posting, state="withdrawn")
    undone, sent = together(
        [
            partial(take, left, "undo", seeker.user),
            partial(send, seeker, posting),
        ]
    )
    assert isinstance(undone, AppliedAgain) or undone == sent
    assert Application.objects.exclude(state="withdrawn").count() == 1


def test_accepting_beside_a_change_of_the_offer_is_one_or_the_other(
    organization: Organization, employer: User, seeker: SeekerProfile
) -> None:
    offered = make_application(seeker, make_posting(organization), state="offered")
    outcomes = together(
        [
            partial(take, offered, "accept", seeker.user),
            partial(take, offered, "revise", employer),
        ]
    )
    assert sum(isinstance(o, TransitionRefused) for o in outcomes) == 1
    row = Application.objects.get()
    assert row.offers.count() == (1 if row.state == "hired" else 2)


def test_two_colleagues_change_an_offer_one_is_told(
    organization: Organization, employer: User, seeker: SeekerProfile
) -> None:
    colleague = make_member(organization, email="second@example.com")
    offered = make_application(seeker, make_posting(organization), state="offered")
    outcomes = together(
        [partial(take, offered, "revise", who) for who in (employer, colleague)]
    )
    assert sum(isinstance(o, AlreadyMoved) for o in outcomes) == 1
    numbers = Offer.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


def test_two_workers_ask_and_remind_once(
    organization: Organization, employer: User, seeker: SeekerProfile
) -> None:
    hired = make_application(seeker, make_posting(organization), state="hired")
    start = today() - timedelta(days=7)
    Application.objects.filter(pk=hired.pk).update(offer_start=start)
    assert sum(together([partial(ask_retention, now=timezone.now())] * 2)) == 2
    assert RetentionCheck.objects.count() == 2
    make_application(seeker, make_posting(organization), state="offered")
    later = timezone.now() + timedelta(days=4)
    counts = together([partial(watch_offers, now=later)] * 2)
    assert sum(count["reminded"] for count in counts) == 1
    rows = OutboxMessage.objects.filter(template="applications/offer_reminder")
    assert rows.count() == 1
