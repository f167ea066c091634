"""What booking and cases tell each other, through the real services of both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.care.cases.enums import CaseState
from accounts.care.cases.models import Case
from accounts.care.cases.services import cases, ties
from accounts.care.scheduling.access import bookable_counselors
from accounts.care.scheduling.services.times import NotTogether
from tests.accounts.care.cases.make import make_case, make_people
from tests.accounts.care.scheduling.talk_make import book_first, hold_first, open_up
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting

pytestmark = pytest.mark.django_db


def test_a_booking_begins_a_case_with_its_topic(cast: Cast) -> None:
    open_up(cast.counselor)
    book_first(cast.seeker, cast.counselor, topic="wages")
    case = Case.objects.get()
    assert (case.state, case.counselor) == (CaseState.WAITING, cast.counselor)
    assert cases.topic_of(case) == "wages"


def test_who_applied_there_cannot_book(cast: Cast) -> None:
    open_up(cast.counselor)
    make_application(cast.seeker, make_posting(cast.organization))
    hold_first(cast.seeker, cast.counselor)
    tie = ties.declare(
        counselor=cast.counselor,
        organization_id=cast.organization.public_id,
        left_on=None,
    )
    with pytest.raises(NotTogether):
        book_first(cast.seeker, cast.counselor)
    assert not Case.objects.exists()
    # Nobody else is kept away, and a tie that is over keeps nobody away.
    book_first(cast.other_seeker, cast.counselor)
    left = timezone.now().date() - timedelta(days=800)
    ties.declare(
        counselor=cast.counselor, organization_id=tie.organization_id, left_on=left
    )
    book_first(cast.seeker, cast.counselor)
    assert Case.objects.count() == 2


def test_whoever_is_full_takes_nobody_new(cast: Cast) -> None:
    open_up(cast.counselor, max_caseload=2)
    assert cast.counselor in bookable_counselors()
    for person in make_people(2):
        make_case(person, cast.counselor)
    assert cast.counselor not in bookable_counselors()
    Case.objects.update(
        state=CaseState.CLOSED,
        closed_at=timezone.now(),
        closed_reason="goal_reached",
    )
    assert cast.counselor in bookable_counselors()
