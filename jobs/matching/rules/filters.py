"""What matters most to a seeker today: narrower views of the same list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.ranking import Match
from jobs.postings.enums import Rest

_NEAR_KM = 10

Filter = Callable[[Seeker, Match], bool]


def _pays_enough(seeker: Seeker, match: Match) -> bool:
    needed, base = seeker.min_pay or 0, match.job.base or match.job.pay_min
    return bool(base) and (base or 0) >= needed


def _is_near(_seeker: Seeker, match: Match) -> bool:
    facts = match.score.item("distance").facts
    return bool(facts.get("remote")) or facts.get("km", _NEAR_KM + 1) <= _NEAR_KM


FILTERS: Mapping[str, Filter] = {
    "base": _pays_enough,
    "weekends": lambda _s, match: match.job.rest == Rest.DOUBLE,
    "day": lambda _s, match: match.job.is_day_shift and not match.job.works_late,
    "calm": lambda _s, match: match.job.phone is not None and match.job.phone <= 1,
    "near": _is_near,
    "beginner": lambda _s, match: match.job.years == 0,
    "lodging": lambda _s, match: match.job.has_lodging,
}


def narrow(
    seeker: Seeker, matches: Sequence[Match], chosen: Collection[str]
) -> list[Match]:
    """Matches that pass every chosen filter, in their order; unknown names are nothing."""
    checks = [FILTERS[name] for name in chosen if name in FILTERS]
    return [m for m in matches if all(check(seeker, m) for check in checks)]
