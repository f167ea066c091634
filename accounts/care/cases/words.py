from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.care.vault.enums import Scope

# What a line of somebody's log says, by its action.
LOG = {
    "case.taken": _("Took on your case"),
    "case.step": _("Changed how your case stands"),
    "case.assigned": _("Gave your case to another counselor"),
    "handover.read": _("Read the summary that was passed on"),
    "handover.asked": _("Asked to hand your case on"),
    "handover.accepted": _("Took over your case"),
}

# What a yes lets its counselor see, told to them.
SEEN = {
    Scope.SHARE_SUMMARY: _("Their results and how these change"),
    Scope.SHARE_ITEMS: _("Their single answers too"),
    Scope.TRANSCRIPT: _("What you wrote to each other"),
    Scope.HANDOVER: _("The summary that was passed on to you"),
}

# The next thing that one does with a case; the others are asides.
MAIN = frozenset({"triage", "begin", "resume"})
# Buttons of the counselor's page; each says what happens.
BUTTONS = {
    "triage": pgettext_lazy("button of a case", "Take this case on"),
    "give_back": pgettext_lazy("button of a case", "Give it back for others"),
    "wait": pgettext_lazy("button of a case", "Waits for the first talk"),
    "begin": pgettext_lazy("button of a case", "We have begun"),
    "rest": pgettext_lazy("button of a case", "Let it rest for four weeks"),
    "resume": pgettext_lazy("button of a case", "Go on with it"),
    "wind_down": pgettext_lazy("button of a case", "Bring it to an end"),
    "go_on": pgettext_lazy("button of a case", "Go on after all"),
    "close": pgettext_lazy("button of a case", "Close the case"),
    "refer_out": pgettext_lazy("button of a case", "Others go on from here"),
}
# What a line of the case's history says.
STEPS = {
    "open": pgettext_lazy("step of a case", "Asked for help"),
    "triage": pgettext_lazy("step of a case", "Taken on"),
    "give_back": pgettext_lazy("step of a case", "Free for others again"),
    "wait": pgettext_lazy("step of a case", "Waits for the first talk"),
    "begin": pgettext_lazy("step of a case", "Begun"),
    "rest": pgettext_lazy("step of a case", "Rests"),
    "resume": pgettext_lazy("step of a case", "Goes on"),
    "wind_down": pgettext_lazy("step of a case", "Comes to an end"),
    "go_on": pgettext_lazy("step of a case", "Goes on after all"),
    "close": pgettext_lazy("step of a case", "Closed"),
    "hand_over": pgettext_lazy("step of a case", "Given to another counselor"),
    "refer_out": pgettext_lazy("step of a case", "Others go on from here"),
    "end": pgettext_lazy("step of a case", "Ended by the person"),
}
REFERRAL_BUTTONS = {
    "agree": pgettext_lazy("button of a referral", "Yes, I want to go there"),
    "decline": pgettext_lazy("button of a referral", "Rather not"),
    "went": pgettext_lazy("button of a referral", "I was there"),
    "finish": pgettext_lazy("button of a referral", "It is settled"),
    "take_back": pgettext_lazy("button of a referral", "Take the suggestion back"),
}
# The same step, told by the counselor.
WENT_THERE = pgettext_lazy("button of a referral", "They were there")
