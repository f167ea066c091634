"""Which forms are asked here, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.care.safety import access as safety
from accounts.wellbeing.checkins.rules.asking import Sheet
from accounts.wellbeing.checkins.rules.triggers import longer_of
from accounts.wellbeing.instruments.content import WORDINGS, Form, forms, shown_forms
from accounts.wellbeing.instruments.views import TITLES
from accounts.wellbeing.rights.texts import language

# What a check-in is, where all of it is due.
CORE = ("cbi-personal", "phq-2", "gad-2")
# Asked when somebody wants to.
MORE = ("cbi-client", "cbi-work", "who-5", "k6")
# Asked 30 and 90 days into a new job: the work, and the people there.
CLIENT_NOW = "cbi-client-now"
NEW_JOB = ("cbi-work", CLIENT_NOW)
PHQ_9 = "phq-9"
# Says and leads on like the form without the ninth question.
ALIKE = {PHQ_9: "phq-8"}
OWN_TITLES = {
    PHQ_9: _("My mood in two weeks, nine questions"),
    CLIENT_NOW: _("My job now: the people I deal with"),
}
FOLDERS = {"zh-hans": "zh_hans", "zh-hant": "zh_hant", "en": "en"}


def title_of(form: str) -> str | Promise:
    return OWN_TITLES[form] if form in OWN_TITLES else TITLES[form]


def all_forms(locale: str = "") -> dict[str, Form]:
    """Also those that are not asked at the moment: results of old ones stay readable."""
    return forms(FOLDERS.get(locale, "zh_hans") if locale else language())


def asked_forms(*, now: datetime) -> dict[str, Form]:
    """PHQ-9 is among them only while named people are on duty."""
    found = dict(shown_forms(language()))
    known = all_forms()
    if known[CLIENT_NOW].wording in WORDINGS:
        found[CLIENT_NOW] = known[CLIENT_NOW]
    ninth = known[PHQ_9]
    if safety.has_roster(now=now) and ninth.wording in WORDINGS:
        found[PHQ_9] = ninth
    return found


def taken_forms(*, now: datetime) -> dict[str, Form]:
    """Whose answers are taken: PHQ-9 also when people went off duty meanwhile.

    What somebody says in the ninth question has to be answered with help, whoever is there.
    """
    found = asked_forms(now=now)
    ninth = all_forms()[PHQ_9]
    return {PHQ_9: ninth} | found if ninth.wording in WORDINGS else found


def longer_forms(shorts: Iterable[str], *, now: datetime) -> dict[str, str]:
    """By short form, where the longer one is asked in this language."""
    asked = asked_forms(now=now)
    pairs = {one: longer_of(one, has_roster=PHQ_9 in asked) for one in shorts}
    return {short: longer for short, longer in pairs.items() if longer in asked}


def sheet_of(form: Form) -> Sheet:
    return Sheet(
        form.id,
        tuple(one.id for one in form.questions),
        is_mixed=form.scale.method == "mean",
    )


def most_of(form: Form) -> int:
    """The highest score there is."""
    if form.scale.method == "mean":
        return 100
    return form.scale.times * sum(max(item.values) for item in form.scale.items)
