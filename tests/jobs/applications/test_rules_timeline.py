from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jobs.applications.enums import ENDED_STATES, ApplicationState
from jobs.applications.rules.timeline import Next, next_for_seeker
from jobs.applications.rules.workflow import EMPLOYER, SEEKER, possible_events
from jobs.applications.views.presentation import NEXT_SENTENCES

DAY = timedelta(days=1)


def upcoming(now: datetime, state: str, *, sent: float = 1, talk: float = 0) -> Next:
    return next_for_seeker(
        state=state,
        submitted_at=now - sent * DAY,
        interview_at=now + talk * DAY if talk else None,
        now=now,
    )


@pytest.mark.parametrize("state", ["submitted", "viewed"])
@pytest.mark.parametrize(
    ("sent", "key"),
    [
        (0, "employer_answers"),
        (6.9, "employer_answers"),
        (7, "employer_reminded"),
        (13.9, "employer_reminded"),
    ],
)
def test_while_nobody_answers_the_day_is_promised(
    now: datetime, state: str, sent: float, key: str
) -> None:
    by = now + (14 - sent) * DAY
    assert upcoming(now, state, sent=sent) == Next(key, by)


@pytest.mark.parametrize(
    ("state", "talk", "key"),
    [
        ("shortlisted", 0, "shortlisted"),
        ("interview", 2, "interview"),
        ("interview", -1, "after_interview"),
        ("offered", 0, "offered"),
        ("on_hold", 0, "on_hold"),
    ],
)
def test_every_other_stage_has_its_next(
    now: datetime, state: str, talk: float, key: str
) -> None:
    assert upcoming(now, state, talk=talk).key == key


@pytest.mark.parametrize("state", ApplicationState.values)
def test_only_what_has_ended_says_nothing_of_next(now: datetime, state: str) -> None:
    said = upcoming(now, state, talk=1).key in NEXT_SENTENCES
    assert said == (state not in ENDED_STATES)


@pytest.mark.parametrize(
    ("state", "side", "events"),
    [
        ("viewed", EMPLOYER, ["decline"]),
        ("offered", EMPLOYER, ["decline", "retract"]),
        ("offered", SEEKER, ["withdraw"]),
        ("hired", EMPLOYER, []),
    ],
)
def test_a_removed_posting_leaves_only_the_ways_out(
    state: str, side: str, events: list[str]
) -> None:
    assert possible_events(state=state, actor=side, is_removed=True) == events
