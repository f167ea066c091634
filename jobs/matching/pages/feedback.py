"""What follows a "not for me": what changes, and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from accounts.seekers.enums import Step
from jobs.matching.enums import FeedbackReason
from jobs.matching.models import MatchFeedback
from jobs.matching.rules.facts import Seeker
from jobs.matching.texts import kind_name

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`effect` says what the list does from now on; the rest offers one thing to do."""

    effect: str = ""
    offer: Text = ""
    action: Text = ""
    url: str = ""
    is_hiding: bool = False


_EFFECTS: Mapping[str, Text] = {
    "near": gettext_lazy("Jobs nearer to you now come further up."),
    "pay": gettext_lazy("Jobs that pay better now come further up."),
    "day_shift": gettext_lazy("Day shifts now come further up."),
    "weekends_off": gettext_lazy("Jobs with two days off now come further up."),
    "no_phone": gettext_lazy("Jobs with fewer calls now come further up."),
}
_OFFERS: Mapping[str, tuple[Text, Text, Step]] = {
    FeedbackReason.TOO_FAR: (
        gettext_lazy("Not where you are any more?"),
        gettext_lazy("Change my district or city"),
        Step.PLACE,
    ),
    FeedbackReason.PAY: (
        gettext_lazy("Tell us what you need, and much less does not come up."),
        gettext_lazy("Say what I need"),
        Step.PAY,
    ),
    FeedbackReason.HOURS: (
        gettext_lazy("You can leave out work after 21:00 or single days off for good."),
        gettext_lazy("Change my limits"),
        Step.LIMITS,
    ),
    FeedbackReason.TOO_MUCH_PHONE: (
        gettext_lazy("You can leave out phone work for good."),
        gettext_lazy("Change my limits"),
        Step.LIMITS,
    ),
    FeedbackReason.NOT_THIS_WORK: (
        gettext_lazy("What would you rather do?"),
        gettext_lazy("Say what I would like"),
        Step.WANTED,
    ),
    FeedbackReason.ASKS_TOO_MUCH: (
        gettext_lazy("You may be able to do more than you ticked."),
        gettext_lazy("Add what I can do"),
        Step.DID,
    ),
}


def follow_up(row: MatchFeedback) -> FollowUp:
    effect = _effect(row)
    if row.reason == FeedbackReason.THIS_EMPLOYER and employer_to_hide(row):
        return FollowUp(
            effect,
            _(
                "You can hide this company. You do not see its jobs, it does not see you."
            ),
            _("Hide this company"),
            reverse("matching:hide_employer", args=[row.posting.public_id]),
            is_hiding=True,
        )
    if row.reason == FeedbackReason.DUBIOUS:
        return FollowUp(
            effect,
            _("Tell us what is wrong with it. A person looks at every report."),
            _("Report this job"),
            reverse("reports:job", args=[row.posting.public_id]),
        )
    if row.reason in _OFFERS:
        offer, action, step = _OFFERS[row.reason]
        return FollowUp(effect, offer, action, step_url(step))
    return FollowUp(effect)


def _effect(row: MatchFeedback) -> str:
    if row.reason == FeedbackReason.NOT_THIS_WORK and row.occupation:
        name = kind_name(row.occupation)
        return _("“%(occupation)s” now comes further down.") % {"occupation": name}
    return str(_EFFECTS.get(row.leaning, ""))


def employer_to_hide(row: MatchFeedback) -> bool:
    return bool(row.posting.employer_name)


def step_url(step: Step) -> str:
    return reverse("seekers:step", args=[step.value]) + "?from=matches"


def effects_of(seeker: Seeker) -> list[str]:
    """What earlier words do to this list, as sentences."""
    found = []
    if seeker.dislikes:
        names = _(", ").join(kind_name(code) for code, _factor in seeker.dislikes)
        text = _(
            "You said no to this kind of work, so it comes further down: %(names)s."
        )
        found.append(text % {"names": names})
    leanings = sorted(seeker.prefers & _EFFECTS.keys() & seeker.leanings)
    return [*found, *(str(_EFFECTS[code]) for code in leanings)]
