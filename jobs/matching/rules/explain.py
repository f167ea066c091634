"""Two or three reasons and at most two cautions, as codes with their facts.

The words belong to jobs/matching/texts.py; here is only what is true and what weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.items import Item, Limit
from jobs.matching.rules.ranking import Match
from jobs.postings.enums import Rest

MOST_REASONS = 3
MOST_CAUTIONS = 2
_CLOSE_KM = 8
# A transition that nobody asked for counts less than half in the fit.
_FROM_THE_PAST = 0.25


@dataclass(frozen=True, slots=True)
class Note:
    """`code` names a sentence, `facts` fill it; heavier ones are shown first."""

    code: str
    weight: float
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    reasons: tuple[Note, ...]
    cautions: tuple[Note, ...]


def explain(seeker: Seeker, match: Match) -> Explanation:
    reasons = sorted(_reasons(seeker, match), key=_heaviest)[:MOST_REASONS]
    cautions = sorted(_cautions(seeker, match), key=_heaviest)[:MOST_CAUTIONS]
    return Explanation(tuple(reasons), tuple(cautions))


def all_cautions(seeker: Seeker, match: Match) -> list[Note]:
    return sorted(_cautions(seeker, match), key=_heaviest)


def _heaviest(note: Note) -> tuple[float, str]:
    return -note.weight, note.code


def _reasons(seeker: Seeker, match: Match) -> Iterator[Note]:
    yield from _fit_reasons(match)
    yield from _pay_reasons(seeker, match)
    yield from _condition_reasons(seeker, match.job)
    yield from _place_reasons(seeker, match)
    yield from _plain_reasons(seeker, match)


def _place_reasons(seeker: Seeker, match: Match) -> Iterator[Note]:
    job = match.job
    km = match.score.item("distance").facts.get("km")
    if job.is_remote:
        yield Note("remote", 1.6)
    elif km == 0:
        yield Note("same_district", 2.5, {"there": job.district})
    elif km is not None and km <= _CLOSE_KM:
        facts = {"km": km, "here": seeker.district, "there": job.district}
        yield Note("near", 2.5, facts)
    elif job.city and job.city == seeker.city:
        yield Note("same_city", 0.4, {"city": job.city})


def _plain_reasons(seeker: Seeker, match: Match) -> Iterator[Note]:
    """True of many postings: told where little else can be said."""
    job = match.job
    if not seeker.min_pay and (job.pay_min or job.pay_max):
        yield Note("pay_stated", 0.7, {"low": job.pay_min, "top": job.pay_max})
    if job.interest == 0:
        yield Note("few_applied", 0.5)
    if seeker.limits and not match.broken:
        yield Note("limits_kept", 0.3, {"count": len(seeker.limits)})


def _fit_reasons(match: Match) -> Iterator[Note]:
    fit, skills = match.score.item("fit"), match.score.item("skills")
    facts = fit.facts
    if "wanted" in facts:
        if facts["wanted"] == facts["offered"]:
            yield Note("wished", 10 * fit.value, {"occupation": facts["offered"]})
        elif fit.value >= 0.4:
            yield Note("close_to_wish", 8 * fit.value, dict(facts))
    elif "role" in facts and fit.value >= _FROM_THE_PAST:
        yield Note("past_leads", 2.8, dict(facts))
    best = _best_skill(fit, skills)
    if best and match.job.occupations:
        offered = match.job.occupations[0][0]
        yield Note("skill_counts", 6.0, {"skill": best, "occupation": offered})


def _best_skill(fit: Item, skills: Item) -> str:
    """A skill the seeker's answers show: the transition's own one when they have it."""
    have = skills.facts.get("skills") or []
    main = fit.facts.get("skill", "")
    return main if main in have else next(iter(have), "")


def _pay_reasons(seeker: Seeker, match: Match) -> Iterator[Note]:
    job = match.job
    if seeker.min_pay and job.base and job.base >= seeker.min_pay:
        more = job.base - seeker.min_pay
        code = "base_exceeds" if more else "base_meets"
        yield Note(code, 5.5, {"base": job.base, "wish": seeker.min_pay, "more": more})
    elif seeker.min_pay and job.pay_min and job.pay_min >= seeker.min_pay:
        yield Note("pay_meets", 5.0, {"low": job.pay_min, "wish": seeker.min_pay})
    elif seeker.min_pay and job.pay_max and job.pay_max >= seeker.min_pay:
        yield Note("pay_within", 2.0, {"top": job.pay_max, "wish": seeker.min_pay})


def _condition_reasons(seeker: Seeker, job: JobFacts) -> Iterator[Note]:
    if job.rest == Rest.DOUBLE:
        yield Note("weekends_off", 4.5 if "weekends_off" in seeker.prefers else 2.2)
    if job.is_day_shift and not job.works_late:
        yield Note("day_shift", 4.4 if "day_shift" in seeker.prefers else 1.8)
    if job.has_lodging:
        yield Note("lodging", 5.2 if "lodging" in seeker.prefers else 0.8)
    if job.phone == 0:
        yield Note("no_phone", 4.8 if "no_phone" in seeker.prefers else 1.0)
    if job.accepts_beginners:
        yield Note("beginners", 1.5)
    if job.has_career:
        yield Note("career", 4.0 if "career" in seeker.prefers else 0.9)
    if job.exposure == 0 and job.occupations:
        yield Note("no_exposure", 1.2)


def _cautions(seeker: Seeker, match: Match) -> Iterator[Note]:
    for limit in match.score.limits:
        yield note_of_limit(limit, seeker)
    yield from _pay_cautions(seeker, match.job)
    yield from _condition_cautions(seeker, match.job)
    other = match.score.item("distance").facts.get("other_city")
    if other:
        yield Note("other_city", 3.0, {"city": other})


def note_of_limit(limit: Limit, seeker: Seeker) -> Note:
    code, facts = limit.name, dict(limit.facts)
    if code == "education":
        facts["have"] = seeker.education
        if facts.get("accepts_experience"):
            code = "education_or_experience"
    elif code == "sex":
        code = "women_only" if facts.get("women") else "men_only"
    return Note(code, 10 * (1 - limit.factor) + 1, facts)


def _pay_cautions(seeker: Seeker, job: JobFacts) -> Iterator[Note]:
    top = job.pay_max or job.pay_min
    if not top:
        yield Note("pay_unstated", 2.6)
    elif seeker.min_pay and top < seeker.min_pay:
        yield Note("pay_low", 4.0, {"top": top, "wish": seeker.min_pay})
    elif seeker.min_pay and job.base and job.base < 0.7 * seeker.min_pay:
        yield Note("base_low", 3.2, {"base": job.base, "wish": seeker.min_pay})


def _condition_cautions(seeker: Seeker, job: JobFacts) -> Iterator[Note]:
    if job.works_late:
        yield Note("late", 3.5)
    elif job.is_rotating:
        yield Note("turns", 2.4 if "any_shift" not in seeker.prefers else 0.5)
    if job.rest and job.rest != Rest.DOUBLE:
        weight = 3.6 if "weekends_off" in seeker.prefers else 1.2
        yield Note("rest", weight, {"rest": job.rest})
    if job.exposure >= 2:
        yield Note("exposure", 1.0 + job.exposure, {"level": job.exposure})
