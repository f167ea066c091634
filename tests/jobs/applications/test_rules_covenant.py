from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from jobs.applications.rules.covenant import (
    Breach,
    Pause,
    counted,
    may_confirm,
    pause_for,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("breaches", "all_paused", "posting_paused", "can_reopen", "expected"),
    [
        (1, False, False, True, Pause.POSTING),
        (2, False, False, True, Pause.POSTING),
        (2, False, True, True, Pause.NOTHING),
        (2, False, False, False, Pause.NOTHING),
        (3, False, False, True, Pause.ALL),
        (3, False, True, True, Pause.ALL),
        (3, False, False, False, Pause.ALL),
        (3, True, False, True, Pause.NOTHING),
        (9, True, True, False, Pause.NOTHING),
    ],
)
def test_what_a_silence_pauses(
    breaches: int,
    all_paused: bool,
    posting_paused: bool,
    can_reopen: bool,
    expected: Pause,
) -> None:
    found = pause_for(
        breaches,
        is_all_paused=all_paused,
        is_posting_paused=posting_paused,
        can_reopen=can_reopen,
    )
    assert found == expected


@pytest.mark.parametrize(
    ("at", "since", "forgiven", "counts"),
    [
        (ago(0), None, {}, True),
        (ago(59.99), None, {}, True),
        (ago(60), None, {}, False),
        (ago(10), ago(9), {}, False),
        (ago(10), ago(11), {}, True),
        (ago(10), None, {1: ago(9)}, False),
        (ago(10), None, {1: ago(11)}, True),
        (ago(10), None, {2: ago(9)}, True),
    ],
)
def test_which_silences_still_count(
    at: datetime, since: datetime | None, forgiven: dict[int, datetime], counts: bool
) -> None:
    found = counted([Breach(1, at)], since=since, forgiven=forgiven, now=NOW)
    assert bool(found) is counts


@pytest.mark.parametrize(
    ("confirmed", "allowed"),
    [([], True), ([1], True), ([1, 2], False), ([1, 60], True), ([59, 60, 61], True)],
)
def test_the_word_is_taken_twice_in_sixty_days(
    confirmed: list[int], allowed: bool
) -> None:
    assert may_confirm([ago(days) for days in confirmed], now=NOW) is allowed


@given(
    days=st.lists(st.floats(0, 200), max_size=8),
    more=st.floats(0, 200),
)
def test_another_silence_never_counts_for_less(days: list[float], more: float) -> None:
    before = [Breach(1, ago(day)) for day in days]
    after = [*before, Breach(2, ago(more))]
    count = [
        len(counted(rows, since=None, forgiven={}, now=NOW)) for rows in (before, after)
    ]
    assert count[0] <= count[1] <= count[0] + 1
