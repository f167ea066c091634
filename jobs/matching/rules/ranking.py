"""Seekers and postings against each other: the same score for every list there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jobs.matching.rules.arrays import Ints
from jobs.matching.rules.columns import columns_of
from jobs.matching.rules.constraints import CITY, PAY_FLOOR, broken_limits
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.items import Score, scores_at, word_points
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.people import people_of
from jobs.matching.rules.score import Scoring, scoring_of

_NEAR_MISSES = frozenset({CITY, PAY_FLOOR})


@dataclass(frozen=True, slots=True)
class Match:
    job: JobFacts
    score: Score
    broken: tuple[str, ...] = ()

    @property
    def is_excluded(self) -> bool:
        return bool(self.broken)


def matches_of(
    seeker: Seeker, jobs: Sequence[JobFacts], *, today: date, knowledge: Knowledge
) -> list[Match]:
    """Every posting with its score taken apart, in the order given."""
    columns = columns_of(jobs)
    scoring = scoring_of(people_of([seeker], knowledge), columns, today=today)
    alone = np.zeros(len(jobs), dtype=np.intp)
    scores = scores_at(scoring, alone, columns.places, jobs, knowledge)
    return [
        Match(job, score, broken_limits(seeker, job))
        for job, score in zip(jobs, scores, strict=True)
    ]


def rank(
    seeker: Seeker,
    jobs: Iterable[JobFacts],
    *,
    today: date,
    knowledge: Knowledge,
) -> list[Match]:
    """Best first, whatever the order of `jobs`; what the seeker ruled out comes last.

    Among those, a wrong city or low pay alone comes before what was refused. A posting
    the seeker never wants to see again is not there at all.
    """
    seen = [job for job in jobs if job.id not in seeker.hidden_postings]
    matches = matches_of(seeker, seen, today=today, knowledge=knowledge)
    return sorted(matches, key=_order)


def rank_seekers(
    job: JobFacts,
    seekers: Iterable[Seeker],
    *,
    today: date,
    knowledge: Knowledge,
    most: int | None = None,
) -> list[tuple[Seeker, Match]]:
    """One posting for many people by the same score; best first, then by their ids.

    With `most`, only those whose limits it keeps: so many, and all that equal the last.
    """
    people = [s for s in seekers if job.id not in s.hidden_postings]
    if most is not None:
        people = [s for s in people if not broken_limits(s, job)]
    if not people:
        return []
    scoring = scoring_of(people_of(people, knowledge), columns_of([job]), today=today)
    numbers: Ints = np.arange(len(people))
    if most is not None and len(people) > most:
        numbers = _highest(scoring, job, most)
    chosen = [people[number] for number in numbers]
    first = np.zeros_like(numbers)
    scores = scores_at(scoring, numbers, first, [job] * len(chosen), knowledge)
    found = [
        (seeker, Match(job, score, broken_limits(seeker, job)))
        for seeker, score in zip(chosen, scores, strict=True)
    ]
    return sorted(found, key=lambda pair: (_order(pair[1])[:2], pair[0].id))


def _highest(scoring: Scoring, job: JobFacts, most: int) -> Ints:
    """Taking a score apart is dear: only for those who will be shown."""
    people = scoring.people.seekers
    words = [word_points(seeker, job) for seeker in people]
    numbers: Ints = np.arange(len(people))
    totals = scoring.totals(numbers, np.zeros_like(numbers), np.array(words))
    return np.flatnonzero(totals >= np.partition(totals, -most)[-most])


def _order(match: Match) -> tuple[int, float, str]:
    return _place(match), -match.score.total, match.job.id


def _place(match: Match) -> int:
    if not match.broken:
        return 0
    return 1 if _NEAR_MISSES.issuperset(match.broken) else 2


# Left out of the order as a whole: what the seeker ruled out would stand among the rest.
ALL_LIMITS = "constraints"


def parts_of(matches: Iterable[Match]) -> list[str]:
    """Everything that a ranking can be tried without."""
    names = {item.name for m in matches for item in m.score.items}
    names |= {limit.name for m in matches for limit in m.score.limits}
    return [ALL_LIMITS, *sorted(names)]


def reordered(matches: Iterable[Match], *, without: str) -> list[Match]:
    """The same postings in the order they would have if one part did not count."""

    def order(match: Match) -> tuple[int, float, str]:
        total = sum(i.points for i in match.score.items if i.name != without)
        for limit in match.score.limits:
            total *= 1.0 if limit.name == without else limit.factor
        place = 0 if without == ALL_LIMITS else _place(match)
        return place, -total, match.job.id

    return sorted(matches, key=order)
