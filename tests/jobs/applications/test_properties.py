"""Whatever people do in whatever order, the row stays coherent."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from accounts.consent.access import active_consents_for
from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.models import SeekerProfile
from jobs.applications.access_offers import offer_of
from jobs.applications.enums import ENDED_STATES
from jobs.applications.models import Application
from jobs.applications.rules.workflow import APPLICATION, EMPLOYER, SEEKER
from jobs.postings.models import Posting
from tests.jobs.applications.make import STEPS, send, take
from tests.make import make_member, make_organization, make_posting, make_seeker

SIDES = st.sampled_from([SEEKER, EMPLOYER])
EVENTS = st.sampled_from(sorted(STEPS))


class TestRandomLives(TestCase):
    employer: User
    seeker: SeekerProfile
    posting: Posting

    @classmethod
    def setUpTestData(cls) -> None:
        organization = make_organization()
        cls.employer = make_member(organization)
        cls.seeker = make_seeker()
        cls.posting = make_posting(organization)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(EVENTS, SIDES), max_size=9))
    def test_any_order_of_steps_keeps_the_row_coherent(
        self, tries: list[tuple[str, str]]
    ) -> None:
        actors: dict[str, Any] = {SEEKER: self.seeker.user, EMPLOYER: self.employer}
        application = send(self.seeker, self.posting)
        for event, side in tries:
            try:
                application = take(application, event, actors[side])
            except TransitionRefused:
                application.refresh_from_db()
            check(application)


def check(application: Application) -> None:
    """The constraints were asked by the database; this is what they cannot say."""
    ended = application.state in ENDED_STATES
    assert (application.processed_at is not None) == ended
    history = list(application.transitions.order_by("pk"))
    assert history[-1].to_state == application.state
    assert application.version == len(history)
    for before, after in pairwise(history):
        assert after.from_state == before.to_state
        assert before.to_state not in ENDED_STATES or after.event == "undo"
        assert APPLICATION.find(
            state=after.from_state,
            event=after.event,
            actor=after.actor_kind,
            target=after.to_state,
        )
        if after.event == "undo":
            assert (before.event, before.from_state) == ("withdraw", after.to_state)
    check_offers(application)
    shared = active_consents_for(application.seeker.user).filter(
        scope=application.consent_scope
    )
    assert shared.exists() == application.is_shared


def check_offers(application: Application) -> None:
    """One revision for each step that offered; the last one is what lists show."""
    offered = application.transitions.filter(event__in=["offer", "revise"]).count()
    numbers = list(
        application.offers.order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, offered + 1))
    last = offer_of(application)
    shown = (application.offer_pay, application.offer_start)
    assert shown == ((last.base_pay, last.start) if last else (None, None))
