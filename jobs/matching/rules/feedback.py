"""What a "no, because …" changes in the next list: never a limit, always a nudge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from jobs.matching.enums import FeedbackReason
from jobs.matching.rules.facts import JobFacts
from jobs.postings.enums import Rest

# What one, two, three and more words leave of an occupation's fit.
FACTORS = (0.6, 0.35, 0.2)


def dislikes_of(occupations: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """One occupation for each "not this kind of work"; how much of its fit is left."""
    counts = Counter(code for code in occupations if code)
    return tuple(
        (code, FACTORS[min(number, len(FACTORS)) - 1])
        for code, number in sorted(counts.items())
    )


_LEANS: Mapping[str, str] = {
    FeedbackReason.TOO_FAR: "near",
    FeedbackReason.PAY: "pay",
    FeedbackReason.TOO_MUCH_PHONE: "no_phone",
}


def leaning_of(reason: str, job: JobFacts) -> str:
    """The preference that this word shows, as a code of Seeker.prefers; or none."""
    if reason != FeedbackReason.HOURS:
        return _LEANS.get(reason, "")
    has_short_weekend = bool(job.rest) and job.rest != Rest.DOUBLE
    if has_short_weekend and not (job.works_late or job.is_rotating):
        return "weekends_off"
    return "day_shift"
