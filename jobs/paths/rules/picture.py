"""Where everything stands on the drawn map: lanes of kinds, closeness from the left."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobs.paths.rules.score import LEVELS, Level

WIDTH = 920
SEA = 84
TOP = 44
ROW = 31
LANE_HEAD = 24
LANE_GAP = 6
_GAP = 16
_LETTER, _GLYPH = 7.2, 14.2
# In the order of the groups; eight marks that differ without colour.
MARKS = (
    "circle",
    "square",
    "diamond",
    "triangle",
    "hexagon",
    "drop",
    "cross",
    "pentagon",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """What is to be placed; `jobs` makes the mark larger."""

    code: str
    group: str
    label: str
    score: float
    level: Level
    jobs: int


@dataclass(frozen=True, slots=True)
class Node:
    spot: Spot
    x: float
    y: float
    radius: float
    outline: str

    @property
    def label_x(self) -> float:
        return round(self.ring + 5, 1)

    @property
    def ring(self) -> float:
        """Around the mark of work without calls."""
        return self.radius + 3.5

    @property
    def width(self) -> float:
        """Of the place a finger or a pointer may touch."""
        return round(17 + self.label_x + label_width(self.spot.label) + 10)


@dataclass(frozen=True, slots=True)
class Lane:
    group: str
    mark: str
    outline: str
    y: float
    height: float
    nodes: tuple[Node, ...]

    @property
    def head_y(self) -> float:
        return self.y + LANE_HEAD / 2 + 2


@dataclass(frozen=True, slots=True)
class Band:
    level: Level
    x: float
    width: float

    @property
    def label_x(self) -> float:
        return self.x + 22


@dataclass(frozen=True, slots=True)
class Picture:
    height: float
    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def swells(self) -> list[float]:
        """Heights of the small waves below the boat."""
        return [100.0 + 70 * index for index in range(int((self.height - 110) / 70))]

    @property
    def nodes(self) -> list[Node]:
        return [node for lane in self.lanes for node in lane.nodes]


def draw(spots: Iterable[Spot], groups: Sequence[str]) -> Picture:
    """Only groups that hold a spot get a lane; bands that hold none stay, for scale."""
    bands = _bands()
    by_group: dict[str, list[Spot]] = {}
    for spot in spots:
        by_group.setdefault(spot.group, []).append(spot)
    lanes, y = [], float(TOP)
    for index, group in enumerate(groups):
        if group not in by_group:
            continue
        lane = _lane(group, MARKS[index % len(MARKS)], by_group[group], y, bands)
        lanes.append(lane)
        y += lane.height + LANE_GAP
    return Picture(y + LANE_GAP, bands, tuple(lanes))


def _bands() -> tuple[Band, ...]:
    width = (WIDTH - SEA) / len(Level)
    return tuple(
        Band(level, round(SEA + index * width, 1), round(width, 1))
        for index, level in enumerate(Level)
    )


def _lane(
    group: str, mark: str, spots: list[Spot], y: float, bands: Sequence[Band]
) -> Lane:
    """Rows are filled from the left; a label never runs into the next mark."""
    placed = sorted((_place(spot, bands), spot.code, spot) for spot in spots)
    ends: list[float] = []
    nodes = []
    for x, _code, spot in placed:
        radius = _radius(spot.jobs)
        row = next((i for i, e in enumerate(ends) if e + _GAP <= x - radius), len(ends))
        end = x + radius + 9 + label_width(spot.label)
        if row == len(ends):
            ends.append(end)
        else:
            ends[row] = end
        middle = y + LANE_HEAD + (row + 0.5) * ROW
        nodes.append(Node(spot, x, middle, radius, outline(mark, radius)))
    height = LANE_HEAD + ROW * len(ends)
    return Lane(group, mark, outline(mark, 5), y, height, tuple(nodes))


def _place(spot: Spot, bands: Sequence[Band]) -> float:
    """The level chooses the band, the score the place in it."""
    band = next(band for band in bands if band.level == spot.level)
    least = {level: float(score) for score, level in LEVELS}
    low = least.get(spot.level, 10.0)
    higher = [score for score in (*least.values(), 100.0) if score > low]
    high = min(higher)
    share = (high - min(max(spot.score, low), high)) / (high - low)
    room = band.width - 60
    x = band.x + 22 + share * room
    return round(min(x, WIDTH - 34 - label_width(spot.label)), 1)


def _radius(jobs: int) -> float:
    return round(6.5 + min(1.6 * math.log2(1 + jobs), 6.5), 1)


def label_width(label: str) -> float:
    return sum(_LETTER if ord(sign) < 0x2E80 else _GLYPH for sign in label)


def outline(mark: str, radius: float) -> str:
    """The path of a mark around the origin; all look about equally large."""
    if mark == "circle":
        r = radius
        return f"M{-r} 0a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
    if mark == "square":
        return _polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)], 0.9 * radius)
    if mark == "cross":
        a, b = 1.1, 0.42
        corners = [(-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b)]
        return _polygon([*corners, *((-x, -y) for x, y in corners)], radius)
    if mark == "drop":
        return _polygon([(0, 1.2), (-1.1, -0.7), (1.1, -0.7)], radius)
    if mark == "triangle":
        return _polygon([(0, -1.2), (1.1, 0.7), (-1.1, 0.7)], radius)
    sides = {"diamond": 4, "pentagon": 5, "hexagon": 6}[mark]
    turns = [2 * math.pi * i / sides - math.pi / 2 for i in range(sides)]
    return _polygon([(math.cos(t), math.sin(t)) for t in turns], 1.15 * radius)


def _polygon(corners: Sequence[tuple[float, float]], radius: float) -> str:
    points = [f"{x * radius:.1f} {y * radius:.1f}" for x, y in corners]
    return "M" + "L".join(points) + "z"
