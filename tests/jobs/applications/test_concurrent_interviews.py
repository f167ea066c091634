"""Real transactions, real threads: two people who want the same last place."""

from __future__ import annotations

from functools import partial

import pytest

from jobs.applications.models import Application, Interview
from jobs.applications.services import interviews
from jobs.applications.services.interviews import SlotRefused
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_interviews import at, offer, slot_of, take_slot
from tests.jobs.applications.together import together
from tests.make import make_member, make_organization, make_posting, make_seeker

pytestmark = pytest.mark.django_db(transaction=True)


def three_applications() -> list[Application]:
    organization = make_organization()
    make_member(organization)
    posting = make_posting(organization)
    return [
        make_application(
            make_seeker(email=f"s{n}@example.com"), posting, state="viewed"
        )
        for n in range(3)
    ]


@pytest.mark.parametrize("capacity", [1, 2])
def test_of_three_who_pick_at_once_as_many_get_it_as_there_is_room(
    capacity: int,
) -> None:
    people = three_applications()
    first = offer(people[0], capacity=capacity)
    slot = slot_of(first)
    rounds = [first, *(offer(a, again=[slot.pk]) for a in people[1:])]
    results = together([partial(take_slot, interview) for interview in rounds])
    settled = [row for row in results if isinstance(row, Interview)]
    refused = [row.reason for row in results if isinstance(row, SlotRefused)]
    assert len(settled) == capacity
    assert refused == ["taken"] * (3 - capacity)
    assert sorted(row.seat or 0 for row in settled) == list(range(1, capacity + 1))
    states = Application.objects.values_list("state", flat=True)
    assert sorted(states) == ["interview"] * capacity + ["shortlisted"] * (3 - capacity)


def test_picking_beside_a_new_offer_is_before_or_after_it() -> None:
    application = three_applications()[0]
    first = offer(application)
    application.refresh_from_db()
    picked, offered = together(
        [
            partial(take_slot, first),
            partial(offer, application, starts=[at(days=5)], reason="改一天"),
        ]
    )
    assert Interview.objects.filter(state__in=["proposed", "booked"]).count() == 1
    first.refresh_from_db()
    if isinstance(offered, Exception):
        assert first.state == "booked"
    else:
        assert first.state in {"replaced", "rescheduled"}
        assert isinstance(picked, Exception) == (first.state == "replaced")


def test_two_taps_on_the_same_time_settle_it_once() -> None:
    application = three_applications()[0]
    interview = offer(application)
    pick = partial(
        interviews.pick,
        application=application,
        actor=application.seeker.user,
        slot_id=slot_of(interview).pk,
    )
    results = together([pick, pick])
    assert sum(isinstance(row, Interview) for row in results) == 1
    interview.refresh_from_db()
    assert (interview.state, interview.steps.count()) == ("booked", 2)
