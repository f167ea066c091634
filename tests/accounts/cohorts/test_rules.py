from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from accounts.cohorts.rules import FEWEST, STEP, monday_of, shown_figure

COUNTS = st.integers(0, 600)
OFFSETS = st.integers(0, STEP - 1)


@pytest.mark.parametrize(
    ("count", "offset", "before", "shown"),
    [
        (0, 0, 0, 0),
        (9, 0, 0, 0),
        (10, 0, 0, 10),
        (13, 4, 0, 0),
        (14, 4, 0, 10),
        (14, 0, 0, 10),
        (15, 0, 0, 15),
        (3, 0, 20, 20),
        (26, 1, 20, 25),
    ],
)
def test_a_figure_is_a_floor_that_never_falls(
    count: int, offset: int, before: int, shown: int
) -> None:
    assert shown_figure(count, offset=offset, before=before) == shown


@given(st.integers(0, FEWEST - 1), st.integers(0, FEWEST - 1), OFFSETS)
def test_below_ten_all_counts_look_alike(one: int, other: int, offset: int) -> None:
    first = shown_figure(one, offset=offset, before=0)
    assert first == shown_figure(other, offset=offset, before=0) == 0


@given(COUNTS, OFFSETS)
def test_never_more_than_is_true_and_never_a_small_one(count: int, offset: int) -> None:
    shown = shown_figure(count, offset=offset, before=0)
    assert shown <= count
    assert shown == 0 or shown >= FEWEST
    assert shown % STEP == 0


@given(COUNTS)
def test_one_more_shows_for_one_secret_number_at_most(count: int) -> None:
    """Who knows the count exactly still cannot tell where the step comes."""
    steps = [
        offset
        for offset in range(STEP)
        if shown_figure(count + 1, offset=offset, before=0)
        != shown_figure(count, offset=offset, before=0)
    ]
    assert len(steps) <= 1


@given(st.lists(COUNTS, max_size=12), OFFSETS)
def test_leaving_never_shows(counts: list[int], offset: int) -> None:
    shown = [0]
    for count in counts:
        shown.append(shown_figure(count, offset=offset, before=shown[-1]))
    assert shown == sorted(shown)


def test_weeks_begin_on_monday() -> None:
    assert monday_of(date(2026, 11, 26)) == date(2026, 11, 23)
    assert monday_of(date(2026, 11, 23)) == date(2026, 11, 23)
    assert monday_of(date(2026, 11, 29)) == date(2026, 11, 23)
