from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from accounts.care.reports.rules.quarters import (
    Quarter,
    month_of,
    quarter_of,
    read_quarter,
    working_days,
)
from accounts.care.reports.rules.suppression import (
    K_PUBLIC,
    Shown,
    as_shares,
    may_stand_together,
    publish,
    rounded,
    with_totals,
)

grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 60), min_size=width, max_size=width),
        min_size=1,
        max_size=4,
    )
)


def hidden_in(shown: Shown) -> set[tuple[int, int]]:
    return {
        (i, j)
        for i, row in enumerate(shown)
        for j, cell in enumerate(row)
        if cell is None
    }


# ---- Small cells


def test_nineteen_is_hidden_and_twenty_is_shown() -> None:
    shown = publish([[19, 40, 41], [20, 42, 43]], k=K_PUBLIC)
    assert shown[0][0] is None
    assert shown[1][2] == 43


def test_the_cell_that_would_give_it_away_is_hidden_too() -> None:
    shown = publish([[19, 40, 60], [30, 42, 50]], k=K_PUBLIC)
    assert hidden_in(shown) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert shown[0] == [None, None, 60, 119]


def test_nobody_is_a_small_group_as_well() -> None:
    """All of them fell into one band: that would say it of each."""
    shown = publish([[0, 45, 0]], k=K_PUBLIC)
    assert shown[0][1] is None


def test_two_small_ones_together_are_no_group_either() -> None:
    """9 and 8 are 17: the row's total must not say so."""
    shown = publish([[9, 8, 30, 60]], k=K_PUBLIC)
    assert shown[0][:3] == [None, None, None]
    assert shown[0][3] == 60


def test_many_talks_of_one_person_are_one_person() -> None:
    shown = publish([[25, 40, 60]], k=K_PUBLIC, people=[[1, 40, 60]])
    assert shown[0][0] is None


def test_nothing_is_left_of_a_table_of_few() -> None:
    shown = publish([[3, 4], [5, 6]], k=K_PUBLIC)
    assert hidden_in(shown) == set(product(range(3), range(3)))


@given(grids)
def test_no_small_figure_is_published(counts: list[list[int]]) -> None:
    grid = with_totals(counts)
    shown = publish(counts, k=K_PUBLIC)
    for i, row in enumerate(shown):
        for j, cell in enumerate(row):
            assert cell is None or cell == grid[i][j] >= K_PUBLIC


@given(grids)
def test_what_a_line_hides_is_a_group_by_itself(counts: list[list[int]]) -> None:
    """Total minus the published parts is again at least k, or there is nothing hidden."""
    shown = publish(counts, k=K_PUBLIC)
    lines = [*shown, *(list(column) for column in zip(*shown, strict=True))]
    for *parts, total in lines:
        gone = [part for part in parts if part is None]
        if total is not None and gone:
            assert len(gone) > 1
            assert total - sum(part for part in parts if part is not None) >= K_PUBLIC


def fits(table: tuple[int, ...], width: int, shown: Shown) -> bool:
    rows = [list(table[n : n + width]) for n in range(0, len(table), width)]
    grid = with_totals(rows)
    return all(
        cell is None or cell == grid[i][j]
        for i, row in enumerate(shown)
        for j, cell in enumerate(row)
    )


small = st.sampled_from([(1, 3), (2, 2), (2, 3), (3, 2)]).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 3), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


@given(small)
@settings(max_examples=40)
def test_whoever_tries_every_table_finds_no_hidden_cell(
    counts: list[list[int]],
) -> None:
    """All tables of small numbers that the published cells are true of: each hidden
    cell has at least two values among them."""
    shown = publish(counts, k=3)
    width = len(counts[0])
    size = len(counts) * width
    true_of = [one for one in product(range(5), repeat=size) if fits(one, width, shown)]
    for i, j in hidden_in(shown):
        values = set()
        for one in true_of:
            rows = [list(one[n : n + width]) for n in range(0, size, width)]
            values.add(with_totals(rows)[i][j])
        assert len(values) > 1, (counts, shown, (i, j))


def test_a_bridge_between_two_hidden_blocks_gives_itself_away() -> None:
    """Every line hides two or three cells, and still one of them could be computed:
    rows 1 and 2 less columns 1 and 2 leave the cell in between."""
    counts = [
        [15, 15, 15, 50],
        [15, 15, 51, 52],
        [53, 54, 15, 15],
        [55, 56, 15, 15],
    ]
    small_ones = {
        (i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if n < 20
    }
    hidden = hidden_in(publish(counts, k=K_PUBLIC))
    assert hidden > small_ones
    assert known_by_sums(hidden, 5, 5) == set()
    assert known_by_sums(small_ones, 5, 5) == {(0, 2)}, "it would have been known"


def known_by_sums(
    hidden: set[tuple[int, int]], height: int, width: int
) -> set[tuple[int, int]]:
    """The hidden cells that follow from the sums of the lines alone, by elimination."""
    cells = sorted(hidden)
    lines = [[int(i == n) for i, _j in cells] for n in range(height)]
    lines += [[int(j == n) for _i, j in cells] for n in range(width)]
    # Totals count against their parts; which sign they have does not change the answer.
    rows = [[Fraction(n) for n in line] for line in lines]
    rank = 0
    for column in range(len(cells)):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        lead = rows[rank][column]
        rows[rank] = [value / lead for value in rows[rank]]
        for r in range(len(rows)):
            if r != rank and (factor := rows[r][column]):
                rows[r] = [
                    a - factor * b for a, b in zip(rows[r], rows[rank], strict=True)
                ]
        rank += 1
    alone = [row for row in rows if sum(value != 0 for value in row) == 1]
    return {cells[next(n for n, value in enumerate(row) if value)] for row in alone}


blocks = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([5, 15, 40, 60]), min_size=width, max_size=width),
        min_size=2,
        max_size=5,
    )
)


@given(blocks)
def test_no_hidden_cell_follows_from_the_sums(counts: list[list[int]]) -> None:
    hidden = hidden_in(publish(counts, k=K_PUBLIC))
    assert known_by_sums(hidden, len(counts) + 1, len(counts[0]) + 1) == set()


# ---- Tables beside each other


@pytest.mark.parametrize(
    ("totals", "may"),
    [
        ([100, 100], [True, True]),
        ([100, 81], [True, False]),
        ([81, 100], [False, True]),
        ([100, 80], [True, True]),
        ([100, 80, 70], [True, True, False]),
        ([], []),
    ],
)
def test_two_totals_do_not_give_away_who_is_between(
    totals: list[int], may: list[bool]
) -> None:
    assert may_stand_together(totals, k=K_PUBLIC) == may


@given(st.lists(st.integers(0, 300), max_size=6))
def test_no_two_published_totals_are_close(totals: list[int]) -> None:
    answers = may_stand_together(totals, k=K_PUBLIC)
    kept = [total for total, may in zip(totals, answers, strict=True) if may]
    for one, other in product(kept, repeat=2):
        assert one == other or abs(one - other) >= K_PUBLIC


# ---- Rounded


@pytest.mark.parametrize(
    ("number", "told"), [(20, 20), (22, 20), (23, 25), (47, 45), (48, 50)]
)
def test_to_five(number: int, told: int) -> None:
    assert rounded(number) == told


def test_shares_are_of_everybody() -> None:
    shown = as_shares(publish([[30, 33, 60]], k=K_PUBLIC))
    assert shown[0] == [25, 25, 50, 100]
    assert shown[1][-1] == 125


@given(grids)
def test_a_share_is_a_multiple_of_five(counts: list[list[int]]) -> None:
    for row in as_shares(publish(counts, k=K_PUBLIC)):
        assert all(cell is None or cell % 5 == 0 for cell in row)


@given(st.integers(20, 400), st.integers(20, 400))
def test_one_person_more_moves_no_share_by_more_than_a_step(a: int, b: int) -> None:
    before = as_shares(publish([[a, b]], k=K_PUBLIC))
    after = as_shares(publish([[a + 1, b]], k=K_PUBLIC))
    assert abs((before[0][0] or 0) - (after[0][0] or 0)) <= 5


def test_shares_of_a_hidden_total_are_hidden() -> None:
    assert as_shares([[None, None]]) == [[None, None]]


# ---- Quarters


def test_a_quarter_is_cut_in_shanghai() -> None:
    assert quarter_of(datetime(2026, 9, 30, 15, 59, tzinfo=UTC)) == Quarter(2026, 3)
    assert quarter_of(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)) == Quarter(2026, 4)
    assert month_of(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)) == "2026-10"
    assert Quarter(2026, 3).months == ["2026-07", "2026-08", "2026-09"]


def test_it_may_be_frozen_a_week_later() -> None:
    quarter = Quarter(2026, 3)
    assert not quarter.may_be_frozen(now=datetime(2026, 10, 7, 15, 59, tzinfo=UTC))
    assert quarter.may_be_frozen(now=datetime(2026, 10, 7, 16, 0, tzinfo=UTC))


@given(st.integers(2020, 2090), st.integers(1, 4))
def test_quarters_follow_each_other(year: int, number: int) -> None:
    quarter = Quarter(year, number)
    assert quarter.after.before == quarter
    assert quarter.ends_at == quarter.after.starts_at
    assert read_quarter(quarter.code) == quarter
    assert quarter_of(quarter.starts_at) == quarter


@pytest.mark.parametrize("code", ["", "2026Q5", "2026q1", "1999Q1", "2026Q11"])
def test_no_other_code_is_read(code: str) -> None:
    assert read_quarter(code) is None


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [(23, 23, 0), (23, 24, 1), (27, 30, 1), (28, 29, 0), (23, 30, 5)],
)
def test_working_days(start: int, end: int, days: int) -> None:
    """The 23rd of November 2026 is a Monday."""
    first, last = (datetime(2026, 11, day, 4, tzinfo=UTC) for day in (start, end))
    assert working_days(first, last) == days
