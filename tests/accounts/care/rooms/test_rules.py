from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.care.rooms.enums import EndedBy, RoomState
from accounts.care.rooms.rules import times
from accounts.care.rooms.rules.workflow import ROOM
from accounts.lib.workflow import TransitionRefused

START = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
END = START + timedelta(minutes=50)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (-10.1, times.EARLY),
        (-10, times.OPEN),
        (0, times.OPEN),
        (64.9, times.OPEN),
        (65, times.OVER),
    ],
)
def test_when_it_is_open(minutes: float, expected: str) -> None:
    now = START + timedelta(minutes=minutes)
    assert times.phase(starts_at=START, ends_at=END, now=now) == expected


@pytest.mark.parametrize(
    ("is_kept", "has_open", "closed", "expected"),
    [
        (False, True, None, timedelta(hours=24)),
        (False, False, END, timedelta(hours=24)),
        (True, True, None, None),
        (True, True, END, None),
        (True, False, None, timedelta(days=365)),
        (True, False, END + timedelta(days=30), timedelta(days=395)),
        (True, False, END - timedelta(days=30), timedelta(days=365)),
    ],
)
def test_how_long_words_stay(
    is_kept: bool,
    has_open: bool,
    closed: datetime | None,
    expected: timedelta | None,
) -> None:
    found = times.forget_at(
        ended_at=END, is_kept=is_kept, has_open_case=has_open, case_closed_at=closed
    )
    assert found == (None if expected is None else END + expected)


def test_states_and_actors_are_those_of_the_table() -> None:
    assert ROOM.states == set(RoomState.values)
    actors = set().union(*(row.actors for row in ROOM.rows))
    assert actors == set(EndedBy.values)


@pytest.mark.parametrize("event", ["end", "run_out"])
@pytest.mark.parametrize("actor", EndedBy.values)
def test_what_has_ended_stays_ended(event: str, actor: str) -> None:
    with pytest.raises(TransitionRefused):
        ROOM.step(state="ended", event=event, actor=actor)
