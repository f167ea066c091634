"""The sentences behind the codes of the matching rules, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.occupations import occupation_name
from accounts.lib.places import city_by_code
from accounts.lib.templatetags.ui import yuan
from accounts.seekers.enums import Constraint, Education, Skill, Step
from jobs.matching.rules.explain import Note

Text = Promise | str

REASONS: Mapping[str, Text] = {
    "wished": _("You asked for this: %(occupation)s"),
    "close_to_wish": _("Close to what you want (%(wanted)s)"),
    "skill_counts": _("What you can do counts here: %(skill)s"),
    "base_meets": _("The base pay alone is %(base)s yuan"),
    "pay_meets": _("Pay starts at %(low)s yuan: enough for you"),
    "pay_within": _("Pay can reach what you need"),
    "weekends_off": _("Two days off every week"),
    "day_shift": _("Day shift"),
    "lodging": _("With a place to live"),
    "no_phone": _("No phone calls"),
    "beginners": _("No experience needed"),
    "career": _("Says how you can move up"),
    "no_exposure": _("Nothing to do with people in debt"),
    "same_district": _("In your district"),
    "near": _("About %(km)s km from you"),
}
CAUTIONS: Mapping[str, Text] = {
    "education": _("Asks for %(level)s"),
    "education_or_experience": _("Asks for %(level)s, but experience counts instead"),
    "years": _("Asks for %(asked)s years of experience in this line"),
    "seniority": _("A job with people under you"),
    "age": _("Names an age range that leaves you out; ask them anyway"),
    "sex": _("Says it wants only women or only men"),
    "sales_some": _("There may be some selling"),
    "sales_main": _("Mainly selling"),
    "disguised": _("The title and the duties do not agree"),
    "collection": _("Has to do with late payments"),
    "gig": _("Looks like odd tasks, not a steady job"),
    "some_phone": _("There may be some calls"),
    "pay_unstated": _("Does not say what it pays"),
    "pay_low": _("Pays up to %(top)s yuan, less than you need"),
    "base_low": _("The base pay is only %(base)s yuan"),
    "late": _("Work after 21:00"),
    "turns": _("Early and late shifts in turn"),
    "rest": _("Not two days off every week"),
    "exposure": _("You talk with people who have money trouble"),
    "other_city": _("In %(city)s"),
}
DEMANDS: Mapping[str, Text] = {
    "english": _("Asks for English"),
    "language": _("Asks for another foreign language"),
    "dialect": _("Asks for a local dialect"),
    "programming": _("Asks for programming or data tools"),
    "design": _("Asks for drawing or picture software"),
    "accounting": _("Asks for bookkeeping"),
    "law_degree": _("Asks for a law degree or licence"),
    "major": _("Asks for a certain field of study"),
    "forklift": _("Asks for a forklift licence"),
    "driving_licence": _("Asks for a driving licence"),
    "trade_experience": _("Asks for experience in this trade"),
    "looks": _("Asks about looks"),
    "own_resources": _("Asks you to bring customers"),
    "local_household": _("Asks for local household registration"),
}
# What a seeker ruled out, said about a posting, and where to change it.
EXCLUSIONS: Mapping[str, tuple[Text, Step]] = {
    Constraint.NO_COLLECTION: (_("Chasing payments is part of it"), Step.LIMITS),
    Constraint.NO_OUTBOUND_SALES: (_("Selling is the main part of it"), Step.LIMITS),
    Constraint.NO_PHONE: (_("Phone calls are a main part of it"), Step.LIMITS),
    Constraint.NO_NIGHT_SHIFT: (_("There is work after 21:00"), Step.LIMITS),
    Constraint.NO_FIELD_VISITS: (_("There are visits outside"), Step.LIMITS),
    Constraint.NO_FEES: (_("Money is asked of you"), Step.LIMITS),
    Constraint.NO_CREDIT_CHECK: (_("They want to see your credit report"), Step.LIMITS),
    Constraint.WEEKENDS_OFF: (_("Not two days off every week"), Step.LIMITS),
    Constraint.NO_DISPATCH: (_("The contract is with an agency"), Step.LIMITS),
    "former_employer": (_("Hidden because you asked"), Step.HIDDEN),
    "city": (_("In another city"), Step.PLACE),
    "pay_floor": (_("Pays far less than you need"), Step.PAY),
}
# What each item of the score looks at, and what its facts say.
ITEMS: Mapping[str, Text] = {
    "fit": _("What you want and where your past leads"),
    "skills": _("What you can already do"),
    "words": _("Words of your own wish"),
    "pay": _("Pay against what you need"),
    "base": _("The fixed part of the pay"),
    "schedule": _("Hours and days off"),
    "distance": _("How far it is"),
    "exposure": _("Distance from debt work"),
    "disclosure": _("How much the advert tells"),
    "housing": _("A place to live"),
    "career": _("Ways to move up"),
    "freshness": _("How new it is"),
    "fairness": _("How many have applied already"),
}


def reason_text(note: Note) -> str:
    return str(REASONS[note.code]) % _shown(note.facts)


def caution_text(note: Note) -> str:
    if note.code == "demand":
        return str(DEMANDS[note.facts["demand"]])
    return str(CAUTIONS[note.code]) % _shown(note.facts)


def exclusion_text(code: str) -> str:
    return str(EXCLUSIONS[code][0])


def _shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Codes become names, amounts become figures as people write them."""
    shown = dict(facts)
    for name in ("occupation", "offered", "wanted"):
        if name in facts:
            shown[name] = occupation_name(facts[name])
    if facts.get("skill"):
        shown["skill"] = Skill(facts["skill"]).label
    if "city" in facts:
        city = city_by_code(facts["city"])
        shown["city"] = city.name(get_language() or "") if city else facts["city"]
    for name in ("base", "low", "top", "wish"):
        if isinstance(facts.get(name), int):
            shown[name] = yuan(facts[name])
    if isinstance(facts.get("asked"), int):
        levels = Education.values
        shown["level"] = Education(levels[min(facts["asked"], len(levels) - 1)]).label
    return shown
