from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

# What a line of somebody's log says, by its action.
WORDS = {
    "safety.flag.read": _("Looked at how you are, because you may need somebody"),
    "safety.contact.read": _("Saw how to reach you"),
    "safety.person.read": _("Saw whom to call for you"),
    "safety.score.read": _("Saw your last result"),
    "safety.plan.read": _("Read your plan for hard hours"),
    "safety.plan.written": _("Wrote your plan for hard hours with you"),
    "safety.told.person": _("Called the person you named, because of the danger"),
    "safety.told.help": _("Called for help, because of the danger"),
    "safety.glass.opened": _("Opened more than you allowed, because of the danger"),
    "safety.glass.read": _("Read more than you allowed, because of the danger"),
    "safety.glass.right": _("Checked that look: it was needed"),
    "safety.glass.wrong": _("Checked that look: it was not needed"),
}

# Buttons, and what stands in the list of steps.
BUTTONS = {
    "acknowledge": _("I take this over"),
    "take_over": _("Take it over from them"),
    "make_plan": _("A plan is made"),
    "call_together": _("We called for help together"),
    "give_up": _("Not reached: ask the lead counselor"),
    "watch": _("Keep it in view"),
    "note": _("Add a remark"),
    "ask_close": _("Ask a second person to close it"),
    "close": _("Close it"),
    "keep_open": _("No, keep it open"),
}
STEPS = {
    "raised": _("Raised"),
    "acknowledge": pgettext_lazy("step of a flag", "Taken over"),
    "take_over": pgettext_lazy("step of a flag", "Taken over from somebody"),
    "try": _("Tried to reach"),
    "make_plan": pgettext_lazy("step of a flag", "Plan made"),
    "call_together": _("Called for help together"),
    "give_up": pgettext_lazy("step of a flag", "Not reached"),
    "decide": _("Called somebody because of the danger"),
    "watch": pgettext_lazy("step of a flag", "Kept in view"),
    "note": _("Remark"),
    "ask_close": _("Asked to close it"),
    "close": pgettext_lazy("step of a flag", "Closed"),
    "keep_open": pgettext_lazy("step of a flag", "Kept open"),
    "say_safe": _("Said: I am safe now"),
    "outreach": _("Missed a talk: to be reached within a day"),
}
