"""The best rows of a segment, exactly, without scoring those that cannot be among them.

Rows of one work key stand together. Work keys are taken in the order of their points;
once the points of the next one and the most that everything else can add are less than
what the last of the best has, nothing that follows can reach them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from jobs.matching.rules.arrays import Bools, Floats, Ints
from jobs.matching.rules.columns import Columns
from jobs.matching.rules.employers import Hidden
from jobs.matching.rules.reach import Reach, Segment
from jobs.matching.rules.score import WORD_POINTS, Scoring, word_counts
from jobs.matching.rules.work import is_related, work_points

# Rows looked at before the first look back; then eight times as many each time.
_FIRST = 4096
_GROWTH = 8
# Sums in another order may differ in the last digits: a bound is raised by this share.
_ROUNDING = 1 + 1e-9
# A work key is near the best one when it has this share of its points.
_NEAR = 0.9


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
    # Looked at only for rows that would be among the best.
    hidden: Hidden | None = None

    def takes(self, rows: Ints) -> Bools:
        if self.accepted is None:
            found = self.reach.passes(rows)
        else:
            found = self.accepted[self.reach.codes(rows)]
        for mask in (self.segment.alive, self.passes):
            if mask is not None:
                found &= mask[rows]
        return found

    def hidden_among(self, rows: Ints) -> Bools | None:
        """Which of these rows are of employers the seeker hid; None when none is."""
        if self.hidden is None:
            return None
        found = self.hidden.among(self.segment.columns.rows["employer"][rows])
        return found if found.any() else None


Search = Callable[[Candidate, int, float], tuple[Floats, Ints]]


@dataclass
class Gathered:
    """What the best of one seeker are among, of the segments added so far."""

    most: int
    search: Search
    _columns: list[Columns] = field(default_factory=list)
    _rows: list[Ints] = field(default_factory=list)
    _scores: Floats = field(default_factory=lambda: np.zeros(0))
    _kept: Bools | None = None

    def add(self, candidate: Candidate) -> None:
        least = _last(self._scores, self.most)
        scores, rows = self.search(candidate, self.most, least)
        self._columns.append(candidate.segment.columns)
        self._rows.append(rows)
        self._scores = np.concatenate([self._scores, scores])
        self._kept = None

    def columns_and_rows(self) -> Iterator[tuple[Columns, Ints]]:
        """Where those stand that `named` would name."""
        kept, start = self._among_best(), 0
        for columns, rows in zip(self._columns, self._rows, strict=True):
            yield columns, rows[kept[start : start + len(rows)]]
            start += len(rows)

    def named(self) -> list[tuple[str, float]]:
        """Ids and scores, best first; equal scores in the order of their ids."""
        kept = self._among_best()
        ids = [c.id[rows].tolist() for c, rows in self.columns_and_rows()]
        pairs = zip(chain(*ids), (-self._scores[kept]).tolist(), strict=True)
        best = sorted((score, name) for name, score in pairs)[: self.most]
        return [(name.decode(), -score) for score, name in best]

    def _among_best(self) -> Bools:
        if self._kept is None:
            self._kept = self._scores >= _last(self._scores, self.most)
        return self._kept


def best(candidates: Iterable[Candidate], most: int) -> list[tuple[str, float]]:
    """Ids and scores of at most so many rows of all segments, best first."""
    gathered = Gathered(most, best_of)
    for candidate in candidates:
        gathered.add(candidate)
    return gathered.named()


def _last(scores: Floats, most: int) -> float:
    """What the last of the best has; anything may join while there are fewer."""
    if len(scores) < most:
        return -np.inf
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def best_of(candidate: Candidate, most: int, least: float) -> tuple[Floats, Ints]:
    """Every row with one of the `most` highest scores here that are not below `least`."""
    scoring, number = candidate.scoring, candidate.number
    columns = candidate.segment.columns
    words = word_counts(scoring.people.seekers[number], columns)
    room = room_of(scoring, number, has_words=words is not None)
    scores: Floats = np.zeros(0)
    rows: Ints = np.zeros(0, dtype=np.intp)
    points = work_points(scoring.people, columns, number, columns.work_keys)
    waiting, counts = columns.work_keys, columns.work_counts
    size = max(_FIRST, 2 * most)
    while True:
        waiting = waiting[(points[waiting] + room) * _ROUNDING >= least]
        if not len(waiting):
            return scores, rows
        keys, waiting = _helping(waiting, points[waiting], counts[waiting], size)
        new = _scored(candidate, keys, points[keys], room, least, words)
        scores, rows = (
            np.concatenate(p) for p in zip((scores, rows), new, strict=True)
        )
        scores, rows, least = _top(candidate, scores, rows, most, least)
        size *= _GROWTH


def room_of(scoring: Scoring, number: int, *, has_words: bool) -> float:
    """The most points that everything but the work can add."""
    room = float(scoring.room[number])
    return room + float(WORD_POINTS[-1]) if has_words else room


def _top(
    candidate: Candidate, scores: Floats, rows: Ints, most: int, least: float
) -> tuple[Floats, Ints, float]:
    """Those that are still among the best, and what the last of them has at least."""
    while True:
        bar = max(least, _last(scores, most))
        kept = scores >= bar
        hidden = candidate.hidden_among(rows[kept])
        if hidden is None:
            return scores[kept], rows[kept], bar
        # Others may move up into their places.
        left = np.ones(len(rows), dtype=bool)
        left[np.flatnonzero(kept)[hidden]] = False
        scores, rows = scores[left], rows[left]


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


def _scored(
    candidate: Candidate,
    keys: Ints,
    points: Floats,
    room: float,
    least: float,
    words: Ints | None,
) -> tuple[Floats, Ints]:
    """Rows of these work keys that the seeker may see and that could be good enough."""
    scoring, number = candidate.scoring, candidate.number
    columns = scoring.columns
    counts = columns.work_counts.take(keys)
    first = np.cumsum(counts) - counts
    rows = np.repeat(columns.work_starts.take(keys) - first, counts)
    rows += np.arange(len(rows))
    taken = candidate.takes(rows)
    rows, work = rows[taken], np.repeat(points, counts)[taken]
    related = is_related(scoring.people, columns, number, keys)
    lowered = scoring.lowered_to(number, rows, np.repeat(related, counts)[taken])
    if least > 0:
        near = (work + room) * lowered * _ROUNDING >= least
        rows, work, lowered = rows[near], work[near], lowered[near]
    extra = np.zeros(len(rows)) if words is None else WORD_POINTS.take(words[rows])
    return scoring.summed(number, rows, work, extra, lowered), rows
