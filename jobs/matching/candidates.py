"""A person on an employer's list: exactly what they agreed to show, as sentences."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy

from accounts.lib.occupations import occupation_name
from accounts.lib.places import city_by_code
from accounts.seekers.claims import answer_label
from accounts.seekers.enums import CanStart, Constraint, Skill
from accounts.seekers.models import SeekerProfile
from jobs.matching.access.candidates import Candidate
from jobs.matching.rules.explain import Note
from jobs.matching.rules.shortlist import limits_that_matter, why_they_fit, years_range

MOST_REASONS = 3
REASONS: Mapping[str, Promise] = {
    "wants_this": gettext_lazy("Wants this kind of work: %(occupation)s"),
    "wants_close": gettext_lazy("Wants work close to it: %(occupation)s"),
    "has_skills": gettext_lazy("Can already do what it needs: %(skills)s"),
    "lives_here": gettext_lazy("Lives in %(city)s"),
    "comes_here": gettext_lazy("Would come to %(city)s"),
    "weekends_off": gettext_lazy("Wants two days off a week, and you give them"),
    "day_shift": gettext_lazy("Wants no work after 21:00, and yours is by day"),
}
# Said about the person, to whoever plans their work.
LIMITS: Mapping[str, Promise] = {
    Constraint.NO_COLLECTION: gettext_lazy("Does not chase payments of any kind"),
    Constraint.NO_OUTBOUND_SALES: gettext_lazy("Does not sell by phone"),
    Constraint.NO_PHONE: gettext_lazy("Does not make or take phone calls"),
    Constraint.NO_NIGHT_SHIFT: gettext_lazy("Does not work after 21:00"),
    Constraint.WEEKENDS_OFF: gettext_lazy("Needs two days off a week"),
}
YEARS: Mapping[str, Promise] = {
    "none": gettext_lazy("No work experience yet"),
    "under_1": gettext_lazy("Less than a year of work"),
    "1_to_3": gettext_lazy("1 to 3 years of work"),
    "3_to_6": gettext_lazy("3 to 6 years of work"),
    "over_6": gettext_lazy("More than 6 years of work"),
}


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """`source` is what the person ticked; `counts` when the work asks for the skill."""

    name: str
    source: str
    counts: bool


@dataclass(frozen=True, slots=True)
class ShownFacts:
    """What stands about somebody where no posting is looked at."""

    place: str
    years: str
    start: str
    wanted: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """All that an employer ever sees before an application."""

    reference: UUID
    label: str
    place: str
    years: str
    start: str
    wanted: tuple[str, ...]
    skills: tuple[ShownSkill, ...]
    reasons: tuple[str, ...]
    limits: tuple[str, ...]


def candidate_card(candidate: Candidate) -> CandidateCard:
    """Reads the profile's skills, which `candidates_for` has fetched."""
    profile, suited = candidate.profile, candidate.suited
    start = profile.can_start
    return CandidateCard(
        reference=candidate.reference,
        label=_("Job seeker %(code)s") % {"code": code_of(candidate.reference)},
        place=_city(profile.city_code),
        years=_years(profile),
        start=str(CanStart(start).label) if start in CanStart else "",
        wanted=tuple(occupation_name(code) for code in profile.wanted_occupations),
        skills=_skills(candidate),
        reasons=tuple(_reason_text(note) for note in _told(candidate)),
        limits=tuple(
            str(LIMITS[code])
            for code in limits_that_matter(suited.seeker, suited.match.job)
        ),
    )


def facts_of(profile: SeekerProfile) -> ShownFacts:
    """No more than a card holds; skills by how many answers show them."""
    start = profile.can_start
    claims = sorted(profile.skills.all(), key=lambda c: (-c.level, c.skill))
    return ShownFacts(
        place=_city(profile.city_code),
        years=_years(profile),
        start=str(CanStart(start).label) if start in CanStart else "",
        wanted=tuple(occupation_name(code) for code in profile.wanted_occupations),
        skills=tuple(str(Skill(c.skill).label) for c in claims if c.skill in Skill),
    )


def code_of(reference: UUID) -> str:
    """Four signs to tell people on one list apart; on another list they have others."""
    return base64.b32encode(reference.bytes)[:4].decode()


def _told(candidate: Candidate) -> list[Note]:
    """Wants and skills that were ticked: what stands in a wish's words stays there."""
    ticked = set(candidate.profile.wanted_occupations)
    claimed = {claim.skill for claim in candidate.profile.skills.all()}
    told = []
    for note in why_they_fit(candidate.suited):
        if "occupation" in note.facts and note.facts["occupation"] not in ticked:
            continue
        if not claimed.issuperset(note.facts.get("skills", ())):
            continue
        told.append(note)
    return told[:MOST_REASONS]


def _reason_text(note: Note) -> str:
    facts: dict[str, Any] = dict(note.facts)
    if "occupation" in facts:
        facts["occupation"] = occupation_name(facts["occupation"])
    if "city" in facts:
        facts["city"] = _city(facts["city"])
    if "skills" in facts:
        facts["skills"] = _joined(facts["skills"])
    return str(REASONS[note.code]) % facts


def _joined(skills: tuple[str, ...]) -> str:
    names = [str(Skill(skill).label) for skill in skills]
    is_english = (get_language() or "").startswith("en")
    return (", " if is_english else "、").join(names)


def _skills(candidate: Candidate) -> tuple[ShownSkill, ...]:
    """What the work asks for first, then by how many answers show it."""
    counting = set(candidate.suited.match.score.item("skills").facts.get("skills", ()))
    claims = sorted(
        candidate.profile.skills.all(),
        key=lambda c: (c.skill not in counting, -c.level, c.skill),
    )
    return tuple(
        ShownSkill(
            str(Skill(claim.skill).label),
            answer_label(claim.source_answer),
            claim.skill in counting,
        )
        for claim in claims
        if claim.skill in Skill
    )


def _years(profile: SeekerProfile) -> str:
    years = float(profile.years) if profile.years is not None else None
    text = YEARS.get(years_range(years))
    return str(text) if text else ""


def _city(code: str) -> str:
    city = city_by_code(code)
    return city.name(get_language() or "") if city else ""
