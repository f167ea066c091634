from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jobs.applications.enums import (
    ENDED_INVITATIONS,
    OPEN_INVITATIONS,
    InvitationState,
)
from jobs.applications.rules.invitations import INVITATION, as_employer_sees

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HIDDEN = sorted(set(InvitationState) - {InvitationState.APPLIED})


def test_every_state_is_reached_and_nothing_leaves_an_end() -> None:
    assert INVITATION.states == set(InvitationState)
    assert {s for row in INVITATION.rows for s in row.sources} == OPEN_INVITATIONS
    assert {row.target for row in INVITATION.rows} >= ENDED_INVITATIONS


@pytest.mark.parametrize("actor", ["employer", "moderator"])
@pytest.mark.parametrize("state", sorted(InvitationState))
def test_nobody_else_moves_it(state: str, actor: str) -> None:
    assert INVITATION.events(state=state, actor=actor) == []


@pytest.mark.parametrize(
    ("left", "seen"),
    [
        (timedelta(days=14), "waiting"),
        (timedelta(seconds=1), "waiting"),
        (timedelta(0), "no_answer"),
        (-timedelta(days=3), "no_answer"),
    ],
)
def test_a_no_looks_like_silence(left: timedelta, seen: str) -> None:
    looks = {as_employer_sees(state, NOW + left, now=NOW) for state in HIDDEN}
    assert looks == {seen}
    assert as_employer_sees("applied", NOW + left, now=NOW) == "applied"
