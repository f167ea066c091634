"""Ten colleagues at one board: 200 moves on 50 applications, all at once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from accounts.identity.models import AuditEvent, User
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import Application, ApplicationTransition
from jobs.applications.rules.workflow import APPLICATION, EMPLOYER
from jobs.hiring.services.moves import move_application
from tests.jobs.applications.together import together
from tests.jobs.hiring.make import make_person, send_as
from tests.make import make_member, make_organization, make_posting

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS, APPLICATIONS, MOVES = 10, 50, 200
ANSWERS = {
    "shortlist": {},
    "postpone": {"reason": "等名额"},
    "decline": {"reason": "pay", "message": "预算低。"},
}
Outcome = tuple[int, str, bool]


def work(member: User, tasks: list[tuple[int, str]]) -> list[Outcome]:
    """One colleague's moves, each from the board as it was a moment ago."""
    outcomes = []
    for pk, event in tasks:
        application = Application.objects.get(pk=pk)
        try:
            move_application(
                application=application,
                actor=member,
                event=event,
                version=application.version,
                answers=ANSWERS[event],
            )
        except TransitionRefused:
            outcomes.append((pk, event, False))
        else:
            outcomes.append((pk, event, True))
    return outcomes


def tasks_for(pks: list[int]) -> list[list[tuple[int, str]]]:
    """Every application four times, dealt out so that colleagues meet."""
    dice = random.Random(7)
    moves = [(pk, dice.choice(sorted(ANSWERS))) for pk in pks for _ in range(4)]
    # Neighbours in this order belong to one application and to different people.
    return [moves[place::MEMBERS] for place in range(MEMBERS)]


def test_every_state_is_lawful_and_every_move_is_logged_once() -> None:
    organization = make_organization()
    members = [
        make_member(organization, email=f"hr{n}@example.com") for n in range(MEMBERS)
    ]
    posting = make_posting(organization)
    people = [make_person(n) for n in range(APPLICATIONS)]
    rows = [send_as(person, posting) for person in people]
    dealt = tasks_for([row.pk for row in rows])
    assert sum(len(tasks) for tasks in dealt) == MOVES
    calls: list[Callable[[], list[Outcome]]] = [
        partial(work, member, tasks)
        for member, tasks in zip(members, dealt, strict=True)
    ]
    outcomes = [one for found in together(calls) for one in found]
    assert len(outcomes) == MOVES
    won = Counter((pk, event) for pk, event, is_done in outcomes if is_done)
    check_histories(rows)
    logged = ApplicationTransition.objects.exclude(event="submit")
    assert Counter(logged.values_list("application", "event")) == won
    audited = AuditEvent.objects.filter(
        action__in=[f"application.{event}" for event in ANSWERS]
    )
    assert audited.count() == won.total()
    # It was a crowd: some were refused, and most applications got somewhere.
    assert MOVES > won.total() >= APPLICATIONS


def check_histories(rows: list[Application]) -> None:
    """Each step begins where the one before ended, by a row of the table."""
    for row in Application.objects.filter(pk__in=[row.pk for row in rows]):
        steps = list(row.transitions.order_by("pk"))
        state = ""
        for step in steps:
            assert step.from_state == state
            if state:
                lawful = APPLICATION.step(
                    state=state, event=step.event, actor=EMPLOYER, reason="x"
                )
                assert step.to_state == lawful.target
            state = step.to_state
        assert state == row.state
        assert row.version == len(steps)
