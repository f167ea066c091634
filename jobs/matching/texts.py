"""The sentences behind the codes of the matching rules, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib import dates
from accounts.lib.occupations import occupation_name
from accounts.lib.places import city_by_code, district_by_code
from accounts.lib.templatetags.ui import pay, yuan
from accounts.seekers.claims import answer_label
from accounts.seekers.enums import (
    Constraint,
    Education,
    PastRole,
    Skill,
    Step,
)
from jobs.matching.rules.explain import Note
from jobs.matching.rules.knowledge import word_of
from jobs.postings.enums import Rest

Text = Promise | str

REASONS: Mapping[str, Text] = {
    "wished": _("You asked for this: %(occupation)s"),
    "close_to_wish": _("Close to what you want: %(wanted)s"),
    "past_leads": _("From your past work (%(role)s) it is not far to this"),
    "skill_counts": _("What you can do counts here: %(skill)s"),
    "skill_from": _("You did this: %(did)s. Here it is called: %(skill)s"),
    "base_exceeds": _(
        "The base pay is %(base)s yuan, %(more)s more than the %(wish)s you need"
    ),
    "base_meets": _("The base pay alone is the %(base)s yuan you need"),
    "pay_meets": _("Pay starts at %(low)s yuan, and you need %(wish)s"),
    "pay_within": _("Pay goes up to %(top)s yuan, and you need %(wish)s"),
    "pay_stated": _("It says what it pays: %(pay)s"),
    "weekends_off": _("Two days off every week"),
    "day_shift": _("Day shift"),
    "lodging": _("With a place to live"),
    "no_phone": _("No phone calls"),
    "beginners": _("No experience needed"),
    "career": _("Says how you can move up"),
    "no_exposure": _("Nothing to do with people in debt"),
    "same_district": _("In your district, %(there)s"),
    "near": _("About %(km)s km from you (%(here)s to %(there)s)"),
    "same_city": _("In your city, %(city)s"),
    "remote": _("You can work from home"),
    "few_applied": _("Nobody has applied here yet"),
    "limits_kept": _("We found nothing that breaks your limits"),
}
CAUTIONS: Mapping[str, Text] = {
    "education": _("Asks for %(level)s; you said %(have)s"),
    "education_or_experience": _("Asks for %(level)s, but experience counts instead"),
    "years": _("Asks for %(asked)s years of experience in this line"),
    "seniority": _("A job with people under you"),
    "age": _("Names an age (%(ages)s) that leaves you out; ask them anyway"),
    "women_only": _("Says it wants women; ask them anyway"),
    "men_only": _("Says it wants men; ask them anyway"),
    "sales_some": _("There may be some selling"),
    "sales_main": _("Mainly selling"),
    "disguised": _("The title and the duties do not agree"),
    "collection": _("Has to do with late payments"),
    "gig": _("Looks like odd tasks, not a steady job"),
    "some_phone": _("There may be some calls"),
    "pay_unstated": _("Does not say what it pays"),
    "pay_low": _("Pays %(top)s yuan at most, and you need %(wish)s"),
    "base_low": _("The base pay is only %(base)s yuan, and you need %(wish)s"),
    "late": _("Work after 21:00"),
    "turns": _("Early and late shifts in turn"),
    "rest": _("Not two days off every week (%(rest)s)"),
    "exposure": _("You talk with people who have money trouble"),
    "other_city": _("In %(city)s, another city"),
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
    "trading": _("Looks like trading with money: be careful"),
    "bait": _("Pays far more than such work does: be careful"),
    "course": _("May be a course for sale, not a job: ask who pays for training"),
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


# What a seeker could give up, said as an offer.
CHANGES: Mapping[str, Text] = {
    Constraint.NO_COLLECTION: _("With chasing payments"),
    Constraint.NO_OUTBOUND_SALES: _("With selling"),
    Constraint.NO_PHONE: _("With phone calls"),
    Constraint.NO_NIGHT_SHIFT: _("With work after 21:00"),
    Constraint.NO_FIELD_VISITS: _("With visits outside"),
    Constraint.NO_FEES: _("With money asked of you"),
    Constraint.NO_CREDIT_CHECK: _("With a look at your credit report"),
    Constraint.WEEKENDS_OFF: _("Without two days off every week"),
    Constraint.NO_DISPATCH: _("With an agency contract"),
    "pay_floor": _("With %(less)s yuan less"),
}
# What never to offer: nobody shall be talked into what harms them.
NEVER_OFFERED = frozenset({Constraint.NO_COLLECTION, Constraint.NO_FEES})


# The same for a page that explains the order to everybody.
ABOUT_ITEMS: Mapping[str, Text] = {
    "fit": _(
        "Is it the work you ticked or wrote, or close to it? Else: does your past lead there?"
    ),
    "skills": _("How much of what such work asks for your answers show."),
    "words": _("Words from your own sentence that stand in the title."),
    "pay": _("The stated range against what you need. More pay never lowers a job."),
    "base": _("What is paid for sure, against what you need."),
    "schedule": _("Two days off and day shifts, as you asked for them."),
    "distance": _("Kilometres between your district and theirs."),
    "exposure": _("The less it has to do with people in debt, the better."),
    "disclosure": _(
        "Adverts that tell pay, hours, contract and place get a little more."
    ),
    "housing": _("Counts eight times as much if you need it."),
    "career": _("Counts eight times as much if you asked for it."),
    "freshness": _("New ones a little before old ones."),
    "fairness": _("Jobs that few have applied to get a little push."),
}


def kind_name(code: str) -> str:
    """An occupation in the reader's language; a trade without one by its own word."""
    return word_of(code) or occupation_name(code)


def item_text(name: str, facts: Mapping[str, Any]) -> str:
    """The facts an item of the score rests on, in few words; empty when there are none."""
    if name in {"pay", "base"} and facts.get("top" if name == "pay" else "base"):
        return _pay_fact(name, facts)
    if name == "fit" and "offered" in facts:
        return kind_name(facts["offered"])
    if name == "skills" and facts.get("skills"):
        return str(_(", ")).join(str(Skill(s).label) for s in facts["skills"][:3])
    if name == "words" and facts.get("words"):
        return str(_(", ")).join(facts["words"])
    if name == "distance" and "km" in facts:
        return str(_("%(km)s km")) % facts
    if name == "freshness" and facts.get("day"):
        return dates.day_text(facts["day"])
    if name == "fairness" and facts.get("interest") is not None:
        return str(INTEREST[facts["interest"]])
    return ""


def _pay_fact(name: str, facts: Mapping[str, Any]) -> str:
    if name == "base":
        offered = str(_("%(base)s yuan")) % {"base": yuan(facts["base"])}
    else:
        offered = pay(facts["low"], facts["top"])
    if not facts.get("wish"):
        return offered
    need = str(_("you need %(wish)s")) % {"wish": yuan(facts["wish"])}
    return str(_("%(offered)s; %(need)s")) % {"offered": offered, "need": need}


INTEREST: tuple[Text, ...] = (
    _("nobody yet"),
    _("one or two"),
    _("fewer than ten"),
    _("ten or more"),
)


def reason_text(note: Note, sources: Mapping[str, str] | None = None) -> str:
    """`sources` gives the answer behind a skill: then the sentence names both."""
    code, facts = note.code, dict(note.facts)
    if code == "skill_counts":
        answer = answer_label((sources or {}).get(facts["skill"], ""))
        if answer and answer != str(Skill(facts["skill"]).label):
            code, facts["did"] = "skill_from", answer
    return str(REASONS[code]) % _shown(facts)


def caution_text(note: Note) -> str:
    if note.code == "demand":
        return str(DEMANDS[note.facts["demand"]])
    return str(CAUTIONS[note.code]) % _shown(note.facts)


def exclusion_text(code: str) -> str:
    return str(EXCLUSIONS[code][0])


def _shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Codes become names, amounts become figures as people write them."""
    shown = dict(facts)
    for name, value in facts.items():
        if name in _SHOWN and value is not None:
            shown[name] = _SHOWN[name](value)
    if isinstance(facts.get("asked"), int):
        shown["level"] = _level(facts["asked"])
    if "top" in facts:
        shown["pay"] = pay(facts.get("low"), facts["top"])
    if {"low", "high"} <= facts.keys():
        shown["ages"] = _ages(facts["low"], facts["high"])
    return shown


def _place(code: str) -> str:
    place = district_by_code(code) or city_by_code(code)
    return place.name(get_language() or "") if place else code


def _level(number: int) -> str:
    levels = Education.values
    return str(Education(levels[min(number, len(levels) - 1)]).label)


def _ages(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        text = _("up to %(age)s") if low is None else _("from %(age)s")
        return str(text) % {"age": high if low is None else low}
    return f"{low}–{high}"


_SHOWN: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("occupation", "offered", "wanted"), kind_name),
    **dict.fromkeys(("base", "more", "wish"), yuan),
    **dict.fromkeys(("low", "top"), yuan),
    **dict.fromkeys(("city", "here", "there"), _place),
    "skill": lambda code: Skill(code).label,
    "role": lambda code: PastRole(code).label,
    "rest": lambda code: Rest(code).label if code in Rest.values else code,
    "have": _level,
}
