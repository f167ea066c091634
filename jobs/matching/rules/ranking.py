"""One seeker against many postings: the same function for page, batch and measuring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobs.matching.rules.constraints import CITY, PAY_FLOOR, broken_limits
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.score import Score, score

_NEAR_MISSES = frozenset({CITY, PAY_FLOOR})


@dataclass(frozen=True, slots=True)
class Match:
    job: JobFacts
    score: Score
    broken: tuple[str, ...] = ()

    @property
    def is_excluded(self) -> bool:
        return bool(self.broken)


def rank(
    seeker: Seeker,
    jobs: Iterable[JobFacts],
    *,
    today: date,
    knowledge: Knowledge,
) -> list[Match]:
    """Best first, whatever the order of `jobs`; what the seeker ruled out comes last.

    Among those, a wrong city or low pay alone comes before what was refused.
    """
    matches = [
        Match(
            job,
            score(seeker, job, today=today, knowledge=knowledge),
            broken_limits(seeker, job),
        )
        for job in jobs
    ]
    return sorted(matches, key=_order)


def _order(match: Match) -> tuple[int, float, str]:
    place = 0
    if match.broken:
        place = 1 if _NEAR_MISSES.issuperset(match.broken) else 2
    return place, -match.score.total, match.job.id


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
        place = 0 if without == ALL_LIMITS else _order(match)[0]
        return place, -total, match.job.id

    return sorted(matches, key=order)
