"""What a posting could say differently, and how many more people that would suit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jobs.matching.rules.facts import JobFacts

FEWEST = 10
REST_DOUBLE = "double"
Change = Callable[[JobFacts], JobFacts | None]


def _pay(more: int) -> Change:
    def change(job: JobFacts) -> JobFacts | None:
        top = job.pay_max or job.pay_min
        if not top:
            return None
        low = job.pay_min + more if job.pay_min else None
        return replace(job, pay_min=low, pay_max=top + more)

    return change


def _rest(job: JobFacts) -> JobFacts | None:
    if not job.rest or job.rest == REST_DOUBLE:
        return None
    return replace(job, rest=REST_DOUBLE)


def _no_nights(job: JobFacts) -> JobFacts | None:
    if not job.works_late and not job.is_rotating:
        return None
    return replace(job, works_late=False, is_rotating=False, is_day_shift=True)


def _education(job: JobFacts) -> JobFacts | None:
    if not job.education or job.accepts_experience:
        return None
    return replace(job, education=0)


def _text(job: JobFacts) -> JobFacts | None:
    if (job.phone or 0) < 2:
        return None
    return replace(job, phone=0, is_outbound=False, has_text_channel=True)


def _no_selling(job: JobFacts) -> JobFacts | None:
    return replace(job, sales=0) if job.sales else None


def _no_credit_check(job: JobFacts) -> JobFacts | None:
    return replace(job, checks_credit=False) if job.checks_credit else None


# In this order they stand where they bring the same.
CHANGES: Mapping[str, Change] = {
    "pay_300": _pay(300),
    "pay_500": _pay(500),
    "rest": _rest,
    "nights": _no_nights,
    "education": _education,
    "text": _text,
    "selling": _no_selling,
    "credit": _no_credit_check,
}


def variants(job: JobFacts) -> dict[str, JobFacts]:
    """The posting with each one change that would be a change."""
    found = ((code, change(job)) for code, change in CHANGES.items())
    return {code: changed for code, changed in found if changed is not None}


def shown_count(count: int) -> int:
    """Down to tens; nothing below ten is ever told."""
    return count // 10 * 10 if count >= FEWEST else 0


def worth_telling(now: int, after: Mapping[str, int]) -> dict[str, int]:
    """How many more each change brings, in tens; only where there are ten more."""
    more = {code: shown_count(count - now) for code, count in after.items()}
    return {code: count for code, count in more.items() if count}
