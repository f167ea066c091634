"""A seeker from a file: the keys of the matching data's personas.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.lib.places import find_place
from accounts.seekers.enums import LEVELS, Constraint, Education
from jobs.matching.rules.demands import read_known
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.wish import read_cities, read_skills, read_wish
from jobs.postings.rules.education import parse_education
from jobs.postings.rules.text import fold

LIMITS = {
    "collection": Constraint.NO_COLLECTION,
    "outbound-sales": Constraint.NO_OUTBOUND_SALES,
    "phone": Constraint.NO_PHONE,
    "night-shift": Constraint.NO_NIGHT_SHIFT,
    "field-visits": Constraint.NO_FIELD_VISITS,
    "fees": Constraint.NO_FEES,
    "credit-check": Constraint.NO_CREDIT_CHECK,
    "weekends": Constraint.WEEKENDS_OFF,
    "dispatch": Constraint.NO_DISPATCH,
}


def read_persona(raw: Mapping[str, Any], knowledge: Knowledge) -> Seeker:
    place = find_place(str(raw.get("city") or ""))
    wish = read_wish(str(raw.get("wish") or ""), knowledge)
    roles = [read_role(str(name), knowledge) for name in raw.get("past_roles", ())]
    skills = [*raw.get("skills", ()), str(raw.get("wish") or "")]
    city = place.city.code if place.city else ""
    return Seeker(
        id=str(raw.get("id", "")),
        city=city,
        also_cities=read_cities(str(raw.get("wish") or "")) - {city},
        district=place.district.code if place.district else "",
        education=_education(str(raw.get("education") or "")),
        age=int(raw["age"]) if raw.get("age") else None,
        years=float(raw.get("years") or 0),
        roles=tuple(dict.fromkeys(roles)),
        skills=read_skills(skills),
        wants=wish.wants,
        words=wish.words,
        prefers=wish.prefers,
        knows=read_known(fold("\n".join(map(str, skills)))),
        min_pay=int(raw["min_pay"]) if raw.get("min_pay") else None,
        limits=frozenset(
            LIMITS[name].value for name in raw.get("exclude", ()) if name in LIMITS
        ),
    )


def read_role(name: str, knowledge: Knowledge) -> str:
    """The source role that a free-text job name comes closest to."""
    folded = fold(name)
    for role, pattern in knowledge.role_names:
        if pattern.search(folded):
            return role
    return "other"


def _education(text: str) -> int | None:
    facts = parse_education(fold(text))
    if not facts.is_stated or facts.level == Education.NONE:
        return None
    return LEVELS[facts.level]
