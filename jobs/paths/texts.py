"""What the map says in words; the facts come from jobs/paths/rules."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from accounts.seekers.enums import Education
from jobs.paths.rules.score import Item, Level, Path

LEVELS: Mapping[Level, str | Promise] = {
    Level.VERY_NEAR: gettext_lazy("Very near"),
    Level.REACHABLE: gettext_lazy("Within reach"),
    Level.MORE_TO_LEARN: gettext_lazy("More to learn"),
    Level.FAR: gettext_lazy("Far"),
}
LEVEL_NOTES: Mapping[Level, str | Promise] = {
    Level.VERY_NEAR: gettext_lazy("You can apply now."),
    Level.REACHABLE: gettext_lazy("Learn one or two things, then apply."),
    Level.MORE_TO_LEARN: gettext_lazy("It takes some months or a step in between."),
    Level.FAR: gettext_lazy("Possible, but a long way from what you did."),
}
LOOKS: Mapping[Level, str] = {
    Level.VERY_NEAR: "good",
    Level.REACHABLE: "sea",
    Level.MORE_TO_LEARN: "caution",
    Level.FAR: "line",
}
PHONE = (
    gettext_lazy("No calls"),
    gettext_lazy("A few calls"),
    gettext_lazy("Many calls"),
    gettext_lazy("Mostly calls"),
)
EXPOSURE = (
    gettext_lazy("Nothing to do with debts"),
    gettext_lazy("Customers may be upset"),
    gettext_lazy("People with money trouble"),
    gettext_lazy("People in debt every day"),
)
TIERS: Mapping[str, str | Promise] = {
    "first": gettext_lazy("Beijing, Shanghai, Guangzhou, Shenzhen"),
    "new_first": gettext_lazy("Large cities such as Chengdu or Wuhan"),
    "second": gettext_lazy("Other provincial and larger cities"),
    "third": gettext_lazy("Smaller cities and counties"),
}
ITEMS: Mapping[str, str | Promise] = {
    "skills": gettext_lazy("Skills you bring"),
    "onet": gettext_lazy("How alike the work is"),
    "schooling": gettext_lazy("Schooling"),
    "pay": gettext_lazy("Pay compared with before"),
    "exposure": gettext_lazy("Distance from debts"),
}
LIMITS: Mapping[str, str | Promise] = {
    "pay": gettext_lazy("Newcomers earn less than three quarters of before."),
    "unlike": gettext_lazy("The work itself is quite different from what you did."),
    "zone": gettext_lazy(
        "It usually takes longer preparation than the work you did (two job zones up)."
    ),
    "schooling": gettext_lazy("It usually asks for two levels of schooling more."),
}
GROUPS: Mapping[str, str | Promise] = {
    "people": gettext_lazy("With people"),
    "agreements": gettext_lazy("Finding agreement"),
    "complaints": gettext_lazy("Complaints"),
    "money": gettext_lazy("Money, loans and insurance"),
    "records": gettext_lazy("Records and systems"),
    "office": gettext_lazy("Office work"),
    "law": gettext_lazy("Law and rules"),
    "team": gettext_lazy("Leading and teaching"),
    "field": gettext_lazy("On site and outside"),
    "learning": gettext_lazy("Learning and staying power"),
}


def education_text(code: str) -> str:
    return str(Education(code).label)


def item_text(item: Item, path: Path) -> str:
    """One item with the facts it rests on."""
    facts = item.facts
    if item.name == "skills":
        return _("Of %(asked)s things this work asks for, you bring %(have)s.") % {
            "asked": len(path.target.skills),
            "have": len(path.have),
        }
    if item.name == "onet":
        return _onet_text(item)
    if item.name == "schooling":
        return _schooling_text(item)
    if item.name == "pay":
        if "percent" not in facts:
            return _("We do not know what you earned.")
        return _("Newcomers usually earn about %(percent)s%% of before.") % facts
    return _("Before: %(before)s. There: %(after)s.") % {
        "before": EXPOSURE[facts["before"]],
        "after": EXPOSURE[facts["after"]],
    }


def _onet_text(item: Item) -> str:
    if "percent" not in item.facts:
        return _("O*NET has nothing to compare with, so this counts as middling.")
    if item.facts["percent"] == 100:
        return _("O*NET counts both as the same kind of work.")
    return _(
        "In tasks, knowledge, skills and names they are more alike than %(percent)s%% "
        "of all pairs of occupations in O*NET."
    ) % {"percent": item.facts["percent"]}


def _schooling_text(item: Item) -> str:
    asked = education_text(item.facts["asked"])
    if item.facts["experience"]:
        return _(
            "Usual floor: %(asked)s. You bring nearly everything the work asks for; "
            "ask whether that counts instead."
        ) % {"asked": asked}
    if not item.facts["short"]:
        return _("Usual floor: %(asked)s. That is enough.") % {"asked": asked}
    if item.facts["is_own"]:
        return _("Usual floor: %(asked)s. You have less; ask whether work counts.") % {
            "asked": asked
        }
    return _("Usual floor: %(asked)s.") % {"asked": asked}
