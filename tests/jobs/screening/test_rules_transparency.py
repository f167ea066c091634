"""From what is shown nobody can work out a count below ten."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from jobs.screening.rules.transparency import (
    FEWER,
    FEWEST,
    NOTHING,
    Cell,
    finished_months,
    line,
    median,
    rounded,
    share,
    typical,
)

SMALL = st.integers(0, FEWEST - 1)
COUNTS = st.lists(
    st.one_of(SMALL, SMALL, st.integers(FEWEST, 400)), min_size=1, max_size=12
)


def another_world(counts: list[int], place: int, wanted: int) -> list[int]:
    """The same months with `wanted` in one hidden place, the other hidden ones filled
    up to a sum that may have been: the real one where that can be, else the least."""
    world = list(counts)
    others = [n for n, v in enumerate(counts) if v < FEWEST and n != place]
    hidden_sum = sum(v for v in counts if v < FEWEST)
    shown = sum(v for v in counts if v >= FEWEST)
    hidden = len(others) + 1
    world[place] = wanted
    left = 0
    if FEWEST <= hidden_sum <= 9 * hidden - FEWEST:
        left = hidden_sum - wanted
    elif not shown and hidden > 2 and hidden_sum > 9 * hidden - FEWEST:
        # Nothing is said of so full a line: the fullest with this one in it.
        left = 9 * len(others)
    for n in others:
        world[n] = min(9, left)
        left -= world[n]
    return world


@given(COUNTS, st.data())
def test_every_hidden_month_may_be_any_small_number(
    counts: list[int], data: st.DataObject
) -> None:
    """Strictly: another world that looks the same holds any number we like there."""
    hidden = [n for n, v in enumerate(counts) if v < FEWEST]
    if not hidden:
        return
    place = data.draw(st.sampled_from(hidden))
    wanted = data.draw(SMALL)
    world = another_world(counts, place, wanted)
    assert world[place] == wanted
    assert line(world) == line(counts)


@given(COUNTS)
def test_nothing_that_is_said_is_untrue(counts: list[int]) -> None:
    shown = line(counts)
    for count, cell in zip(counts, shown.months, strict=True):
        assert cell == (Cell("exact", count) if count >= FEWEST else FEWER)
    total = shown.total
    if total.kind == "exact":
        assert total.value == sum(counts)
    elif total.kind == "at_least":
        assert total.value <= sum(counts)
    elif total.kind == "fewer":
        assert sum(counts) < FEWEST


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        ([12, 30, 10], Cell("exact", 52)),
        # One hidden month would be the difference.
        ([12, 30, 3], Cell("at_least", 42)),
        # All 0, or all 9: their sum would say so.
        ([50, 0, 0], Cell("at_least", 50)),
        ([50, 9, 9], Cell("at_least", 50)),
        ([8] * 12, Cell("at_least", 90)),
        ([0] * 12, FEWER),
        ([9] * 12, NOTHING),
        ([5, 5], NOTHING),
        ([4], NOTHING),
    ],
)
def test_sums(counts: list[int], total: Cell) -> None:
    assert line(counts).total == total


@pytest.mark.parametrize(
    ("count", "code"), [(0, "<10"), (9, "<10"), (10, ">=10"), (38, ">=30")]
)
def test_sums_of_unshown_months_are_tens(count: int, code: str) -> None:
    assert rounded(count).code == code


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_hides_both_sides_when_small(part: int, rest: int) -> None:
    shown = share(part, part + rest)
    is_shown = part >= FEWEST and rest >= FEWEST
    assert (shown != NOTHING) == is_shown
    assert shown.value % 10 == 0


def test_a_median_needs_ten_cases() -> None:
    assert typical(5, 9) == NOTHING
    assert typical(5, 10) == Cell("exact", 5)


def test_only_full_months_count() -> None:
    months = finished_months(date(2026, 1, 31))
    assert (months[0], months[-1]) == (date(2025, 1, 1), date(2025, 12, 1))
    assert len(months) == 12


@pytest.mark.parametrize(
    ("values", "middle"), [([], 0), ([3], 3), ([1, 9, 2], 2), ([4, 1, 3, 2], 2.5)]
)
def test_the_middle(values: list[float], middle: float) -> None:
    assert median(values) == middle
