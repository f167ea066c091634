from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jobs.applications.enums import ApplicationState as S
from jobs.applications.rules.workflow import APPLICATION, EMPLOYER, LEAVING
from jobs.hiring.rules.board import (
    COLUMN_OF,
    COLUMNS,
    MOVES,
    NOT_CARRIED,
    How,
    clock_of,
    possible_moves,
)


def test_every_state_of_the_table_stands_in_one_column() -> None:
    placed = [state for states in COLUMNS.values() for state in states]
    assert sorted(placed) == sorted(APPLICATION.states)


def test_every_step_of_an_employer_is_known_to_the_board() -> None:
    events = {row.event for row in APPLICATION.rows if EMPLOYER in row.actors}
    assert events == set(MOVES) | NOT_CARRIED


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("is_removed", [False, True])
def test_only_what_the_table_allows_is_offered(state: str, is_removed: bool) -> None:
    allowed = set(APPLICATION.events(state=state, actor=EMPLOYER))
    moves = possible_moves(state=state, is_removed=is_removed)
    assert {move.event for move in moves} <= allowed
    assert all(move.column != COLUMN_OF[state] for move in moves)
    if is_removed:
        assert {move.event for move in moves} <= LEAVING


def test_a_step_without_questions_ends_in_the_column_it_was_carried_to() -> None:
    for row in APPLICATION.rows:
        move = MOVES.get(row.event)
        if move and move.how != How.PAGE:
            assert COLUMN_OF[row.target] == move.column


def test_a_step_that_needs_a_reason_is_never_taken_at_once() -> None:
    silent = {
        row.event
        for row in APPLICATION.rows
        if row.needs_reason and row.event in MOVES and MOVES[row.event].how == How.NOW
    }
    assert silent == set()


def test_ways_stand_in_the_order_of_the_columns() -> None:
    found = [(m.event, m.column) for m in possible_moves(state=S.SHORTLISTED)]
    assert found == [
        ("propose", "interview"),
        ("offer", "offered"),
        ("postpone", "on_hold"),
        ("decline", "ended"),
    ]


@pytest.mark.parametrize(
    ("days", "left", "is_soon"),
    [(0, 14, False), (10.5, 4, False), (11, 3, True), (13.9, 1, True), (15, -1, True)],
)
def test_the_clock_of_the_promise(
    now: datetime, days: float, left: int, is_soon: bool
) -> None:
    clock = clock_of(now - timedelta(days=days), now=now)
    assert (clock.days_left, clock.is_soon) == (left, is_soon)
