"""Whatever both sides do in whatever order, talk and application tell the same story."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

from django.utils import timezone
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import (
    OPEN_INTERVIEWS,
    SEATED_INTERVIEWS,
    InterviewOutcome,
)
from jobs.applications.interview_access import open_interview
from jobs.applications.models import Application, Interview
from jobs.applications.rules.interviews import INTERVIEW
from jobs.applications.rules.workflow import EMPLOYER, SEEKER
from jobs.applications.services import interviews
from jobs.postings.models import Posting
from tests.jobs.applications.make import make_application, take
from tests.jobs.applications.make_interviews import at, offer, slot_of
from tests.make import make_member, make_organization, make_posting, make_seeker

Act = Callable[[Application, User], object]


def _pick(application: Application, actor: User) -> object:
    interview = open_interview(application)
    slot = slot_of(interview).pk if interview else 0
    return interviews.pick(application=application, actor=actor, slot_id=slot)


ACTS: dict[str, Act] = {
    "offer": lambda a, who: offer(a, who, [at(), at("15:00")], reason="改一下"),
    "pick": _pick,
    "ask": lambda a, who: interviews.ask_for_others(
        application=a, actor=who, wanted_by="text"
    ),
    "move": lambda a, who: interviews.move_by_seeker(
        application=a, actor=who, wanted_by="video"
    ),
    "call_off": lambda a, who: interviews.call_off(
        application=a, actor=who, reason="有事"
    ),
    "say": lambda a, who: interviews.say_outcome(
        application=a,
        actor=who,
        outcome=InterviewOutcome.HELD,
        now=timezone.now() + timedelta(days=5),
    ),
    "postpone": lambda a, who: take(a, "postpone", who),
    "shortlist": lambda a, who: take(a, "shortlist", who),
    "decline": lambda a, who: take(a, "decline", who),
    "withdraw": lambda a, who: take(a, "withdraw", who),
}
TRIES = st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from([SEEKER, EMPLOYER]))


class TestRandomTalks(TestCase):
    employer: User
    seeker: SeekerProfile
    posting: Posting

    @classmethod
    def setUpTestData(cls) -> None:
        organization = make_organization()
        cls.employer = make_member(organization)
        cls.seeker = make_seeker()
        cls.posting = make_posting(organization)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(TRIES, max_size=10))
    def test_any_order_of_steps_tells_one_story(
        self, tries: list[tuple[str, str]]
    ) -> None:
        actors = {SEEKER: self.seeker.user, EMPLOYER: self.employer}
        application = make_application(self.seeker, self.posting, state="viewed")
        for act, side in [("offer", EMPLOYER), *tries]:
            with contextlib.suppress(TransitionRefused):
                ACTS[act](application, actors[side])
            application.refresh_from_db()
            check(application)


def check(application: Application) -> None:
    rounds = list(application.interviews.select_related("slot"))
    open_ones = [row for row in rounds if row.state in OPEN_INTERVIEWS]
    assert len(open_ones) <= 1
    # Leaving can be undone for ten minutes: until then its round stays as it was.
    if open_ones and application.state != "withdrawn":
        settled = open_ones[0].state == "booked"
        assert application.state == ("interview" if settled else "shortlisted")
        slot = open_ones[0].slot
        assert application.interview_at == (slot.starts_at if slot else None)
    for row in rounds:
        assert (row.state in SEATED_INTERVIEWS) <= (row.slot is not None)
        check_history(row)


def check_history(interview: Interview) -> None:
    history = list(interview.steps.order_by("pk"))
    assert history[-1].to_state == interview.state
    for before, after in pairwise(history):
        assert after.from_state == before.to_state
        assert INTERVIEW.find(
            state=after.from_state, event=after.event, actor=after.actor_kind
        )
