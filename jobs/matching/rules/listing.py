"""Everything within reach of one seeker: counts, the best, examples of what is left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from jobs.matching.rules.arrays import Bools
from jobs.matching.rules.best import Candidate, best
from jobs.matching.rules.columns import Columns
from jobs.matching.rules.constraints import PAY_FLOOR
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.filters import passing
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.people import people_of
from jobs.matching.rules.reach import (
    Reach,
    Segment,
    Tally,
    codes_excluded_for,
    reach_of,
    tally,
)
from jobs.matching.rules.score import scoring_of

# As many as three pages show: kept from the first look.
FIRST = 30
EXAMPLES = 3


@dataclass
class Listing:
    """Small once made: the arrays it is worked out from are not kept."""

    seeker: Seeker
    segments: Sequence[Segment]
    today: date
    knowledge: Knowledge
    only: Collection[str] = ()
    # Newest first, for who switched the personal order off; the limits hold.
    is_plain: bool = False
    _found: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.segments = [
            without(segment, self.seeker.hidden_postings) for segment in self.segments
        ]

    @cached_property
    def tally(self) -> Tally:
        return tally(self.seeker, list(zip(self.segments, self._reach, strict=True)))

    @cached_property
    def _reach(self) -> list[Reach]:
        return [reach_of(self.seeker, segment.columns) for segment in self.segments]

    @cached_property
    def shown_count(self) -> int:
        if not self.only:
            return self.tally.shown()
        pairs = zip(self.segments, self._reach, strict=True)
        return sum(self._count(segment, reach) for segment, reach in pairs)

    def _count(self, segment: Segment, reach: Reach) -> int:
        return int(np.count_nonzero(self._passing(segment, reach)))

    def _passing(self, segment: Segment, reach: Reach) -> Bools:
        rows = reach.passes(slice(None))
        for mask in (segment.alive, passing(self.seeker, segment.columns, self.only)):
            if mask is not None:
                rows &= mask
        return rows

    def _newest(self, most: int) -> list[tuple[str, float]]:
        """Ids and days, the latest day first; a day nobody knows comes last."""
        found: list[tuple[float, str]] = []
        for segment, reach in zip(self.segments, self._reach, strict=True):
            columns = segment.columns
            rows = np.flatnonzero(self._passing(segment, reach))
            days = np.nan_to_num(columns.notice[3][columns.rows["notice"][rows]])
            # Ties are cut by id: whole days are kept until all segments are together.
            least = np.partition(days, -most)[-most] if len(days) > most else 0
            found += [
                (-day, columns.id[row].decode())
                for row, day in zip(rows.tolist(), days.tolist(), strict=True)
                if day >= least
            ]
        return [(name, -day) for day, name in sorted(found)[:most]]

    def best(self, most: int) -> list[tuple[str, float]]:
        """Ids and scores, best first; exact however deep."""
        if len(self._found) < min(most, self.shown_count):
            if self.is_plain:
                self._found = self._newest(max(most, FIRST))
                return self._found[:most]
            self._found = best(self._candidates(), max(most, FIRST))
        return self._found[:most]

    def _candidates(self) -> list[Candidate]:
        people = people_of([self.seeker], self.knowledge)
        return [
            Candidate(
                segment=segment,
                scoring=scoring_of(people, segment.columns, today=self.today),
                number=0,
                reach=reach,
                passes=passing(self.seeker, segment.columns, self.only),
            )
            for segment, reach in zip(self.segments, self._reach, strict=True)
        ]

    def examples(self) -> dict[str, list[str]]:
        """For each reason the ids of the best that it leaves out.

        What nothing but the pay leaves out comes before what was refused as well.
        """
        candidates = self._candidates()
        found = {}
        for code in self.tally.by_reason():
            names = self._best_for(candidates, code, alone=code == PAY_FLOOR)
            if len(names) < EXAMPLES and code == PAY_FLOOR:
                names += self._best_for(candidates, code, alone=False)
            found[code] = list(dict.fromkeys(names))[:EXAMPLES]
        return found

    def _best_for(
        self, candidates: Sequence[Candidate], code: str, *, alone: bool
    ) -> list[str]:
        wanted = codes_excluded_for(code, self.seeker, alone=alone)
        chosen = [
            Candidate(c.segment, c.scoring, 0, c.reach, accepted=wanted)
            for c in candidates
        ]
        return [name for name, _score in best(chosen, EXAMPLES)]


def without(segment: Segment, ids: Collection[str]) -> Segment:
    """The segment as if these postings were not there."""
    rows = segment.columns.find(ids) if ids else ()
    if not len(rows):
        return segment
    alive = _all(segment.columns) if segment.alive is None else segment.alive.copy()
    alive[rows] = False
    return Segment(segment.columns, alive)


def _all(columns: Columns) -> Bools:
    return np.ones(len(columns), dtype=bool)
