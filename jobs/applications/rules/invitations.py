"""Invitations to apply: their steps, their limits, and what the employer learns."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.lib.workflow import Workflow, transition
from jobs.applications.enums import (
    ENDED_INVITATIONS,
    OPEN_INVITATIONS,
    InvitationState as S,
)
from jobs.applications.rules.workflow import SEEKER, SYSTEM

INVITATION = Workflow(
    name="invitation",
    initial=S.SENT,
    terminal=ENDED_INVITATIONS,
    rows=(
        transition("view", [S.SENT], S.SEEN, SEEKER),
        transition("apply", OPEN_INVITATIONS, S.APPLIED, SEEKER),
        transition("decline", OPEN_INVITATIONS, S.DECLINED, SEEKER),
        transition("expire", OPEN_INVITATIONS, S.EXPIRED, SYSTEM),
        transition("withdraw", OPEN_INVITATIONS, S.WITHDRAWN, SYSTEM),
    ),
)

OPEN_FOR = timedelta(days=14)
# Of one organisation, over all its postings and colleagues, by the day of arrival.
MOST_A_DAY = 10
# Of one posting, waiting in the employer's eyes.
MOST_WAITING = 20

WAITING = "waiting"
NO_ANSWER = "no_answer"
APPLIED = "applied"


def as_employer_sees(state: str, expires_at: datetime, *, now: datetime) -> str:
    """A no looks like silence to the last second: nothing but the clock ends the wait."""
    if state == S.APPLIED:
        return APPLIED
    return WAITING if now < expires_at else NO_ANSWER
