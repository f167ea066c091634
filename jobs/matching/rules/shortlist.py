"""The other side of a match: who suits a posting, and what an employer is told of it.

Only what the person agreed to show: nothing here knows age, pay need or a wish's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from accounts.seekers.enums import Constraint
from jobs.matching.rules.explain import Note
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.ranking import Match, rank_seekers
from jobs.postings.enums import Rest

MOST_SKILLS = 3
# Below it the seeker's own page says "fits poorly": nobody is invited to that.
LEAST_FIT = 30.0
# Closer than this a wish is called close, as on the seeker's own list.
_CLOSE = 0.4


@dataclass(frozen=True, slots=True)
class Suited:
    """One person whose limits the posting keeps, with the same score they see."""

    seeker: Seeker
    match: Match


def suited_for(
    job: JobFacts,
    seekers: Iterable[Seeker],
    *,
    today: date,
    knowledge: Knowledge,
    most: int | None = None,
) -> list[Suited]:
    """Best first, whatever the order of `seekers`; a broken limit leaves out.

    With `most`, who cannot be among so many is left out.

    Age is nobody's business here, so it neither lifts nor lowers anybody.
    """
    ageless = [replace(seeker, age=None) for seeker in seekers]
    found = rank_seekers(job, ageless, today=today, knowledge=knowledge, most=most)
    return [
        Suited(seeker, match)
        for seeker, match in found
        if not match.is_excluded and match.score.total >= LEAST_FIT
    ]


def why_they_fit(suited: Suited) -> tuple[Note, ...]:
    """What speaks for the person, as codes with facts, the weightiest first."""
    return tuple(_reasons(suited.seeker, suited.match))


def _reasons(seeker: Seeker, match: Match) -> Iterator[Note]:
    fit, skills = match.score.item("fit"), match.score.item("skills")
    job = match.job
    if fit.facts.get("wanted"):
        # What an advert names second is near to it, not the work itself.
        main = job.occupations[0][0] if job.occupations else ""
        if fit.facts["wanted"] == fit.facts["offered"] == main:
            yield Note("wants_this", 9, {"occupation": main})
        elif fit.value >= _CLOSE:
            yield Note("wants_close", 7, {"occupation": fit.facts["wanted"]})
    if have := skills.facts.get("skills"):
        yield Note("has_skills", 6, {"skills": tuple(have[:MOST_SKILLS])})
    if job.city and job.city == seeker.city:
        yield Note("lives_here", 4, {"city": job.city})
    elif job.city and job.city in seeker.also_cities:
        yield Note("comes_here", 3, {"city": job.city})
    if Constraint.WEEKENDS_OFF in seeker.limits and job.rest == Rest.DOUBLE:
        yield Note("weekends_off", 2)
    if Constraint.NO_NIGHT_SHIFT in seeker.limits and job.is_day_shift:
        yield Note("day_shift", 2)


def limits_that_matter(seeker: Seeker, job: JobFacts) -> tuple[str, ...]:
    """What the person rules out and the posting comes near to, without breaking it.

    The others stay with the seeker: that somebody minds a credit check, a fee or an
    agency is theirs to tell.
    """
    near = {
        Constraint.NO_COLLECTION: job.exposure >= 1,
        Constraint.NO_OUTBOUND_SALES: job.sales == 1,
        Constraint.NO_PHONE: job.phone != 0,
        Constraint.NO_NIGHT_SHIFT: job.is_rotating or job.works_late is None,
        Constraint.WEEKENDS_OFF: not job.rest,
    }
    return tuple(
        c.value for c, is_near in near.items() if is_near and c in seeker.limits
    )


# Whole years would single people out: four steps are enough to judge by.
YEARS = ((0.0, "none"), (1.0, "under_1"), (3.0, "1_to_3"), (6.0, "3_to_6"))


def years_range(years: float | None) -> str:
    """Empty where nothing was said."""
    if years is None:
        return ""
    if years <= 0:
        return "none"
    return next((name for top, name in YEARS[1:] if years < top), "over_6")
