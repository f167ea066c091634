"""What a seeker ruled out: filters with a reason, never weights."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

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
SHORTEST_NAME = 2

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
# Each as one bit of a number.
BITS: Mapping[str, int] = {str(code): 1 << place for place, code in enumerate(CHECKS)}
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


def flags_of(job: JobFacts) -> int:
    """The limits that this posting would break for whoever has them."""
    return sum(bit for code, bit in BITS.items() if CHECKS[code](job))


def limit_bits(seeker: Seeker) -> int:
    return sum(BITS[code] for code in seeker.limits if code in BITS)


def is_in_reach(seeker: Seeker, job: JobFacts) -> bool:
    return job.is_remote or is_in_reach_of(seeker, job.city)


def is_in_reach_of(seeker: Seeker, city: str) -> bool:
    """The seeker's city, another they named, or a place nobody stated."""
    if not seeker.city or not city:
        return True
    return city == seeker.city or city in seeker.also_cities


def is_below_floor(seeker: Seeker, job: JobFacts) -> bool:
    top = job.pay_max or job.pay_min
    if not seeker.min_pay or not top:
        return False
    return top < pay_floor(seeker.min_pay)


def pay_floor(wish: int) -> float:
    return wish * (1 - PAY_TOLERANCE)


def is_hidden_employer(seeker: Seeker, job: JobFacts) -> bool:
    return is_hidden(job.employer, job.uscc, seeker.hidden_names, seeker.hidden_uscc)


def is_hidden(
    employer: str, uscc: str, names: Collection[str], usccs: Collection[str]
) -> bool:
    if uscc and uscc in usccs:
        return True
    return any(
        hidden in name or name in hidden
        for name in names_of(employer)
        for hidden in names
    )


# A night's work asks about the same employers for one seeker after another.
@lru_cache(maxsize=65_536)
def names_of(employer: str) -> tuple[str, ...]:
    """The names of an employer that are long enough to be known by."""
    names = (name.strip() for name in employer.split("|"))
    return tuple(name for name in names if len(name) >= SHORTEST_NAME)
