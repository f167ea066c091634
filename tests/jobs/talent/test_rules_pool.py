from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from jobs.applications.enums import ApplicationState
from jobs.talent.enums import ENDED_POOL, AskRefusal, PoolState
from jobs.talent.rules.pool import (
    ANSWER_WITHIN,
    ASK_AGAIN_AFTER,
    KEPT_FOR,
    POOL,
    why_not_ask,
)
from jobs.talent.rules.retention import erased_on

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)


def refusal(**changes: object) -> AskRefusal | None:
    asked = {
        "state": ApplicationState.DECLINED,
        "ended_at": NOW - timedelta(days=2),
        "last_asked": None,
        "is_checked": True,
        "is_stopped": False,
        "now": NOW,
    }
    return why_not_ask(**(asked | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("state", list(ApplicationState))
def test_only_after_an_answer_that_was_no_yes(state: str) -> None:
    may = {"on_hold", "declined", "retracted"}
    assert (refusal(state=state) is None) == (state in may)


def test_what_else_stands_against_it() -> None:
    assert refusal(is_checked=False) == AskRefusal.NOT_CHECKED
    assert refusal(is_stopped=True) == AskRefusal.STOPPED
    assert refusal(ended_at=NOW - timedelta(days=31)) == AskRefusal.TOO_LATE
    assert refusal(ended_at=None, state="on_hold") is None


@given(st.integers(0, 230 * 24))
def test_whether_one_may_ask_again_is_told_by_the_clock_alone(hours: int) -> None:
    """And never while a yes of then could still stand."""
    asked = NOW - timedelta(hours=hours)
    again = refusal(last_asked=asked, ended_at=NOW) is None
    assert again == (asked + ASK_AGAIN_AFTER <= NOW)
    latest_yes_ends = asked + ANSWER_WITHIN + KEPT_FOR
    assert not (again and latest_yes_ends > NOW)


def test_every_state_can_be_reached_and_ends() -> None:
    assert POOL.states == set(PoolState)
    assert {r.target for r in POOL.rows} == set(PoolState) - {PoolState.ASKED}
    assert not any(r.sources & ENDED_POOL for r in POOL.rows)


def test_what_was_withdrawn_goes_sooner() -> None:
    assert erased_on("declined", NOW) == NOW + timedelta(days=180)
    assert erased_on("withdrawn", NOW) == NOW + timedelta(days=7)
    assert erased_on("viewed", None) is None
