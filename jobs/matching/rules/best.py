"""The best rows of a segment, exactly, without scoring those that cannot be among them.

Rows of one work key stand together. Work keys are taken in the order of their points;
once the points of the next one and the most that everything else can add are less than
what the last of the best has, nothing that follows can reach them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jobs.matching.rules.arrays import Bools, Floats, Ints
from jobs.matching.rules.reach import Reach, Segment
from jobs.matching.rules.score import PARTS, WORD_POINTS, Scoring, word_counts

# Rows looked at before the first look back; then eight times as many each time.
_FIRST = 4096
_GROWTH = 8
# Sums in another order may differ in the last digits: a bound is raised by this share.
_ROUNDING = 1 + 1e-9
# A work key is near the best one when it has this share of its points.
_NEAR = 0.9
_OTHERS = tuple(name for name in PARTS if name != "work")


@dataclass(frozen=True, slots=True)
class Best:
    """Scores, highest first, and where they stand: segment and row."""

    scores: Floats
    segments: Ints
    rows: Ints

    def __len__(self) -> int:
        return len(self.scores)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A segment made ready for one seeker, who stands at `number` in the block."""

    segment: Segment
    scoring: Scoring
    number: int
    reach: Reach
    # Rows to be left out for other reasons than limits: filters.
    passes: Bools | None = None
    # By code: rows to take instead of those that break nothing.
    accepted: Bools | None = None

    def takes(self, rows: Ints) -> Bools:
        if self.accepted is None:
            found = self.reach.passes(rows)
        else:
            found = self.accepted[self.reach.codes(rows)]
        for mask in (self.segment.alive, self.passes):
            if mask is not None:
                found &= mask[rows]
        return found


def best(candidates: Sequence[Candidate], most: int) -> Best:
    """At most so many rows of all segments; equal scores in the order of their ids."""
    found: list[tuple[Floats, Ints, Ints]] = []
    scores = np.zeros(0)
    for place, candidate in enumerate(candidates):
        least = _last(scores, most)
        values, rows = _best_of(candidate, most, least)
        found.append((values, np.full(len(rows), place), rows))
        scores = np.concatenate([scores, values])
    if not found:
        return Best(scores, np.zeros(0, np.intp), np.zeros(0, np.intp))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    return _cut(candidates, most, *columns)


def _last(scores: Floats, most: int) -> float:
    """What the last of the best has; anything may join while there are fewer."""
    if len(scores) < most:
        return -np.inf
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def _cut(
    candidates: Sequence[Candidate],
    most: int,
    scores: Floats,
    segments: Ints,
    rows: Ints,
) -> Best:
    kept = scores >= _last(scores, most)
    scores, segments, rows = scores[kept], segments[kept], rows[kept]
    width = max(c.segment.columns.id.dtype.itemsize for c in candidates)
    ids = np.zeros(len(rows), dtype=f"S{width}")
    for place, candidate in enumerate(candidates):
        here = segments == place
        ids[here] = candidate.segment.columns.id[rows[here]]
    order = np.lexsort((ids, -scores))[:most]
    return Best(scores[order], segments[order], rows[order])


def _best_of(candidate: Candidate, most: int, least: float) -> tuple[Floats, Ints]:
    """Every row with one of the `most` highest scores here that are not below `least`."""
    scoring, number = candidate.scoring, candidate.number
    columns = candidate.segment.columns
    words = word_counts(scoring.people.seekers[number], columns)
    room = sum(float(scoring.points[n][number].max(initial=0)) for n in _OTHERS)
    room += 0.0 if words is None else float(WORD_POINTS[-1])
    scores, rows = np.zeros(0), np.zeros(0, dtype=np.intp)
    points, counts = scoring.points["work"][number], columns.work_counts
    waiting: Ints = np.arange(len(points))
    size = max(_FIRST, 2 * most)
    while True:
        waiting = waiting[(points[waiting] + room) * _ROUNDING >= least]
        if not len(waiting):
            return scores, rows
        keys, waiting = _helping(waiting, points[waiting], counts[waiting], size)
        here = _rows_of(candidate, keys, room, least)
        extra = np.zeros(len(here)) if words is None else WORD_POINTS[words[here]]
        scores = np.concatenate([scores, scoring.totals(number, here, extra)])
        rows = np.concatenate([rows, here])
        least = max(least, _last(scores, most))
        kept = scores >= least
        scores, rows = scores[kept], rows[kept]
        size *= _GROWTH


def _helping(keys: Ints, points: Floats, counts: Ints, size: int) -> tuple[Ints, Ints]:
    """Those with the most points, of about so many rows, and the keys that are left."""
    if counts.sum() <= size:
        return keys, keys[:0]
    near = points >= _NEAR * points.max()
    if counts[near].sum() < size:
        near[:] = True
    # Sorting is dear: only those near the top, when they are enough.
    order = np.flatnonzero(near)
    order = order[np.argsort(-points[order])]
    taken = order[: int(np.searchsorted(np.cumsum(counts[order]), size)) + 1]
    left = np.ones(len(keys), dtype=bool)
    left[taken] = False
    return keys[taken], keys[left]


def _rows_of(candidate: Candidate, keys: Ints, room: float, least: float) -> Ints:
    """Rows of these work keys that the seeker may see and that could be good enough."""
    columns, scoring = candidate.segment.columns, candidate.scoring
    counts = columns.work_counts[keys]
    first = np.cumsum(counts) - counts
    rows = np.repeat(columns.work_starts[keys] - first, counts)
    rows += np.arange(len(rows))
    rows = rows[candidate.takes(rows)]
    if least <= 0:
        return rows
    points = scoring.points["work"][candidate.number]
    bound = points[columns.rows["work"][rows]] + room
    bound *= scoring.lowered_to(candidate.number, rows) * _ROUNDING
    found: Ints = rows[bound >= least]
    return found
