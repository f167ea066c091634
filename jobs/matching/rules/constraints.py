"""What a seeker ruled out: filters with a reason, never weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accounts.seekers.enums import Constraint
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.postings.enums import Rest, Role

# Beyond the seeker's own list: they follow from other answers.
CITY = "city"
PAY_FLOOR = "pay_floor"
FORMER_EMPLOYER = "former_employer"
# Pay may miss the wish by this share before the posting is left out.
PAY_TOLERANCE = 0.15

# One character would hide half the board.
_SHORTEST_NAME = 2

Broken = Callable[[JobFacts], bool]


def _collects(job: JobFacts) -> bool:
    return job.is_collection or job.role in {Role.COLLECTION, Role.RECEIVABLES}


def _sells(job: JobFacts) -> bool:
    return job.sales >= 2 or job.role == Role.OUTBOUND_SALES


def _phones(job: JobFacts) -> bool:
    return (job.phone or 0) >= 2 or _sells_by_phone(job)


def _sells_by_phone(job: JobFacts) -> bool:
    return job.is_outbound and job.sales >= 2


def _has_no_free_weekend(job: JobFacts) -> bool:
    return bool(job.rest) and job.rest != Rest.DOUBLE


CHECKS: Mapping[str, Broken] = {
    Constraint.NO_COLLECTION: _collects,
    Constraint.NO_OUTBOUND_SALES: _sells,
    Constraint.NO_PHONE: _phones,
    Constraint.NO_NIGHT_SHIFT: lambda job: job.works_late is True,
    Constraint.NO_FIELD_VISITS: lambda job: job.has_field_visits,
    Constraint.NO_FEES: lambda job: job.asks_fees,
    Constraint.NO_CREDIT_CHECK: lambda job: job.checks_credit,
    Constraint.WEEKENDS_OFF: _has_no_free_weekend,
    Constraint.NO_DISPATCH: lambda job: job.is_dispatch,
}
# The order in which reasons are told: the seeker's own words first.
REASONS = (*CHECKS, FORMER_EMPLOYER, CITY, PAY_FLOOR)


def broken_limits(seeker: Seeker, job: JobFacts) -> tuple[str, ...]:
    """Every limit of this seeker that the posting breaks, in the order of REASONS."""
    broken = [code for code in CHECKS if code in seeker.limits and CHECKS[code](job)]
    if is_hidden_employer(seeker, job):
        broken.append(FORMER_EMPLOYER)
    if not is_in_reach(seeker, job):
        broken.append(CITY)
    if is_below_floor(seeker, job):
        broken.append(PAY_FLOOR)
    return tuple(broken)


def is_in_reach(seeker: Seeker, job: JobFacts) -> bool:
    """The seeker's city, another they named, remote, or a place nobody stated."""
    if not seeker.city or not job.city or job.is_remote:
        return True
    return job.city == seeker.city or job.city in seeker.also_cities


def is_below_floor(seeker: Seeker, job: JobFacts) -> bool:
    top = job.pay_max or job.pay_min
    if not seeker.min_pay or not top:
        return False
    return top < seeker.min_pay * (1 - PAY_TOLERANCE)


def is_hidden_employer(seeker: Seeker, job: JobFacts) -> bool:
    if job.uscc and job.uscc in seeker.hidden_uscc:
        return True
    names = [name.strip() for name in job.employer.split("|")]
    return any(
        len(name) >= _SHORTEST_NAME and (hidden in name or name in hidden)
        for name in names
        for hidden in seeker.hidden_names
    )
