from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from jobs.paths.rules.picture import MARKS, WIDTH, Spot, draw, label_width, outline
from jobs.paths.rules.score import Level

GROUPS = ("one", "two", "three")
spots = st.lists(
    st.builds(
        Spot,
        code=st.uuids().map(str),
        group=st.sampled_from(GROUPS),
        label=st.sampled_from(["热线客服（接电话）", "Hotline", "在线文字客服", "QA"]),
        score=st.floats(0, 100),
        level=st.sampled_from(Level),
        jobs=st.integers(0, 100_000),
    ),
    max_size=30,
)


@given(spots)
def test_every_spot_stands_once_and_inside(found: list[Spot]) -> None:
    picture = draw(found, GROUPS)
    nodes = picture.nodes
    assert sorted(n.spot.code for n in nodes) == sorted(s.code for s in found)
    for node in nodes:
        assert node.x - node.radius > 84
        assert node.x + label_width(node.spot.label) < WIDTH
        assert 40 < node.y < picture.height


@given(spots)
def test_no_label_runs_into_another_mark(found: list[Spot]) -> None:
    for one, other in combinations(draw(found, GROUPS).nodes, 2):
        if one.y == other.y:
            left, right = sorted((one, other), key=lambda node: node.x)
            end = left.x + left.label_x + label_width(left.spot.label)
            assert end < right.x - right.radius


def test_the_closer_stands_further_left() -> None:
    def spot(code: str, score: float, level: Level) -> Spot:
        return Spot(code, "one", code, score, level, 0)

    near = spot("a", 95, Level.VERY_NEAR)
    less = spot("b", 75, Level.VERY_NEAR)
    held = spot("c", 95, Level.REACHABLE)
    far = spot("d", 20, Level.FAR)
    nodes = draw([far, held, less, near], GROUPS).nodes
    by_place = sorted(nodes, key=lambda node: node.x)
    assert [node.spot.code for node in by_place] == ["a", "b", "c", "d"]


def test_more_jobs_make_a_larger_mark() -> None:
    few, many = (Spot("x", "one", "x", 80, Level.VERY_NEAR, n) for n in (0, 9))
    assert draw([few], GROUPS).nodes[0].radius < draw([many], GROUPS).nodes[0].radius


def test_groups_without_a_spot_take_no_room() -> None:
    lone = Spot("x", "two", "x", 80, Level.VERY_NEAR, 0)
    assert [lane.group for lane in draw([lone], GROUPS).lanes] == ["two"]


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_a_closed_line(mark: str) -> None:
    path = outline(mark, 8)
    assert path.startswith("M")
    assert path.endswith("z")


def test_marks_differ() -> None:
    assert len({outline(mark, 8) for mark in MARKS}) == len(MARKS)
