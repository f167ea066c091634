"""A no in kind words, and what would change the next answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from accounts.lib.occupations import occupation_name
from jobs.applications.enums import DeclineReason as R
from jobs.applications.models import Application
from jobs.paths.pages import language_key
from jobs.paths.rules.atlas import default_atlas

SAID: Mapping[str, Promise] = {
    R.POSITION_FILLED: gettext_lazy("The place went to somebody else."),
    R.EXPERIENCE: gettext_lazy("They chose somebody with more practice in this work."),
    R.SKILL: gettext_lazy("One thing that this work needs was missing."),
    R.SCHEDULE: gettext_lazy("The hours or the first day did not fit."),
    R.PAY: gettext_lazy("Your wish and their range lay too far apart."),
    R.LOCATION: gettext_lazy("The way to work would be too long."),
    R.EDUCATION: gettext_lazy("A law asks for a certain schooling here."),
    R.OTHER: gettext_lazy("It had another reason."),
}
HELPS: Mapping[str, Promise] = {
    R.POSITION_FILLED: gettext_lazy("There is nothing for you to change."),
    R.EXPERIENCE: gettext_lazy(
        "What would help: work close to this one that takes beginners. "
        "Practice there counts here later."
    ),
    R.SKILL: gettext_lazy("What would help: three ways to learn it or to show it."),
    R.SCHEDULE: gettext_lazy(
        "What would help: say in your profile which hours you can work. "
        "Then the list shows only what fits."
    ),
    R.PAY: gettext_lazy(
        "What would help: look at the base pay before you apply. "
        "Your wish is no mistake, and you need not lower it."
    ),
    R.LOCATION: gettext_lazy("What would help: jobs that are nearer to you."),
    R.EDUCATION: gettext_lazy(
        "That says nothing about what you can do. "
        "What would help: jobs in which experience counts instead."
    ),
    R.OTHER: gettext_lazy("Read their words. If they name nothing, change nothing."),
}


@dataclass(frozen=True, slots=True)
class Decline:
    """`links` are (address, words) of what to do next."""

    said: str
    helps: str
    links: list[tuple[str, str]]


def decline_of(application: Application) -> Decline:
    reason = application.decline_reason
    return Decline(str(SAID[reason]), str(HELPS[reason]), _links(application))


def _links(application: Application) -> list[tuple[str, str]]:
    work = application.posting.occupation
    reason, atlas = application.decline_reason, default_atlas()
    if application.decline_skill in atlas.skills:
        name = atlas.skills[application.decline_skill].texts[language_key()].name
        return [(reverse("paths:skill", args=[application.decline_skill]), name)]
    if reason in {R.SKILL, R.EXPERIENCE} and work in atlas.targets:
        text = _("What %(work)s asks for, and what you bring already") % {
            "work": occupation_name(work)
        }
        return [(reverse("paths:path", args=[work]), text)]
    if reason == R.SCHEDULE:
        return [(reverse("seekers:step", args=["limits"]), _("Your limits"))]
    return []
