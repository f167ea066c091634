"""No figure that leads to a person: small cells are hidden, and what would give them away.

A table is a grid of counts with its totals as last row and last column. Whoever knows
the published cells must not be able to compute a hidden one, not even by knowing that
counts are never below zero (wellbeing reference C3).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

# Seen by the lead counselor, and by whoever runs the site.
K_INTERNAL, K_PUBLIC = 10, 20
STEP = 5

Counts = Sequence[Sequence[int]]
Shown = list[list[int | None]]
Cell = tuple[int, int]


def with_totals(counts: Counts) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def publish(counts: Counts, *, k: int, people: Counts | None = None) -> Shown:
    """The grid with totals, hidden cells as None.

    `people`: how many different people are behind each count, where one person can
    stand behind several. An empty cell is a small one: "nobody" says something too.
    """
    grid = with_totals(counts)
    behind = _people_behind(counts, people)
    cells = [(i, j) for i in range(len(grid)) for j in range(len(grid[0]))]
    hidden = {(i, j) for i, j in cells if behind[i][j] < k}
    while (more := _one_more(grid, hidden, k)) is not None:
        hidden.add(more)
    return [
        [None if (i, j) in hidden else count for j, count in enumerate(row)]
        for i, row in enumerate(grid)
    ]


def may_stand_together(totals: Sequence[int], *, k: int) -> list[bool]:
    """Which tables about the same people may be published side by side.

    Two totals that differ by a few would give away those few. The largest stands first.
    """
    kept: list[int] = []
    answers = [False] * len(totals)
    for index in sorted(range(len(totals)), key=lambda i: (-totals[i], i)):
        gaps = [abs(totals[index] - other) for other in kept]
        if all(gap == 0 or gap >= k for gap in gaps):
            kept.append(totals[index])
            answers[index] = True
    return answers


def rounded(number: int) -> int:
    """To five, so that one person more or less is mostly not seen."""
    return STEP * ((2 * number + STEP) // (2 * STEP))


def as_shares(shown: Shown) -> Shown:
    """Each cell as a share of everybody, rounded; the last cell stays a number of people."""
    total = shown[-1][-1]
    if not total:
        return [[None for _cell in row] for row in shown]
    shares = [
        [None if cell is None else _share(cell, total) for cell in row] for row in shown
    ]
    shares[-1][-1] = rounded(total)
    return shares


def _share(cell: int, total: int) -> int:
    return STEP * ((200 * cell + STEP * total) // (2 * STEP * total))


def _people_behind(counts: Counts, people: Counts | None) -> list[list[int]]:
    if people is None:
        return with_totals(counts)
    # One person may stand in several cells: a total is at least its largest part.
    rows = [[*row, max(row)] for row in people]
    return [*rows, [max(column) for column in zip(*rows, strict=True)]]


def _one_more(grid: list[list[int]], hidden: set[Cell], k: int) -> Cell | None:
    """The next cell that has to go with those that are hidden; None once all is safe."""
    for line in _lines(grid):
        if _tells_too_much(grid, line, hidden, k):
            return _smallest(grid, [one for one in line if one not in hidden])
    for cell in sorted(hidden):
        if not _can_differ(grid, hidden, cell):
            near = [
                one
                for line in _lines(grid)
                if cell in line
                for one in line
                if one not in hidden
            ]
            if near:
                return _smallest(grid, near)
    return None


def _lines(grid: list[list[int]]) -> list[list[Cell]]:
    height, width = len(grid), len(grid[0])
    rows = [[(i, j) for j in range(width)] for i in range(height)]
    return rows + [[(i, j) for i in range(height)] for j in range(width)]


def _tells_too_much(
    grid: list[list[int]], line: list[Cell], hidden: set[Cell], k: int
) -> bool:
    *parts, total = line
    gone = [one for one in parts if one in hidden]
    if total in hidden:
        # The total is the sum of its parts.
        return not gone
    if len(gone) == 1:
        return True
    return bool(gone) and sum(grid[i][j] for i, j in gone) < k


def _smallest(grid: list[list[int]], cells: list[Cell]) -> Cell | None:
    return min(cells, key=lambda one: (grid[one[0]][one[1]], one), default=None)


def _can_differ(grid: list[list[int]], hidden: set[Cell], cell: Cell) -> bool:
    """Whether the published cells are true of another table too, with another value here.

    Moving one person along a ring of hidden cells changes no published one. A ring is a
    way from a column back to a row over hidden cells that can grow or shrink.
    """
    row, column = cell
    grows, shrinks = _moves(grid, cell)
    start, goal = ("column", column), ("row", row)
    return (grows and _leads(grid, hidden, cell, start, goal)) or (
        shrinks and _leads(grid, hidden, cell, goal, start)
    )


Node = tuple[str, int]


def _moves(grid: list[list[int]], cell: Cell) -> tuple[bool, bool]:
    """Whether one may be moved from its row to its column, and back.

    A total moves against its parts; nothing falls below zero.
    """
    i, j = cell
    is_total = (i == len(grid) - 1) != (j == len(grid[0]) - 1)
    can_fall = grid[i][j] > 0
    return (can_fall, True) if is_total else (True, can_fall)


def _leads(
    grid: list[list[int]], hidden: set[Cell], without: Cell, start: Node, goal: Node
) -> bool:
    waiting, seen = deque([start]), {start}
    while waiting:
        here = waiting.popleft()
        if here == goal:
            return True
        for cell in hidden - {without}:
            grows, shrinks = _moves(grid, cell)
            row, column = ("row", cell[0]), ("column", cell[1])
            for may, source, target in ((grows, row, column), (shrinks, column, row)):
                if may and source == here and target not in seen:
                    seen.add(target)
                    waiting.append(target)
    return False
