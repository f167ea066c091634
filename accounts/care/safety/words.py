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
    "raised": pgettext_lazy("step of a flag", "Raised"),
    "acknowledge": pgettext_lazy("step of a flag", "Taken over"),
    "take_over": pgettext_lazy("step of a flag", "Taken over from somebody"),
    "try": _("Tried to reach"),
    "make_plan": pgettext_lazy("step of a flag", "Plan made"),
    "call_together": _("Called for help together"),
    "give_up": pgettext_lazy("step of a flag", "Not reached"),
    "decide": _("Called somebody because of the danger"),
    "watch": pgettext_lazy("step of a flag", "Kept in view"),
    "note": pgettext_lazy("step of a flag", "Remark"),
    "ask_close": _("Asked to close it"),
    "close": pgettext_lazy("step of a flag", "Closed"),
    "keep_open": pgettext_lazy("step of a flag", "Kept open"),
    "say_safe": _("Said: I am safe now"),
    "again": _("Asked for help again"),
    "outreach": _("Missed a talk: to be reached within a day"),
}

# What somebody says and does in that call (wellbeing reference B5), in this order.
SCRIPT = (
    (
        _("Ask directly"),
        _("“Do you think about killing yourself?” Asking does not plant the idea."),
    ),
    (_("Listen"), _("Do not argue, do not comfort quickly. Let them finish.")),
    (_("Agree on the next hour"), _("What do you do until then? Where are you?")),
    (
        _("Means at a distance"),
        _("Put what could hurt you far away, or give it to somebody to keep."),
    ),
    (_("Who is near?"), _("Is anybody with you? Whom can you ask to come?")),
    (_("Call together"), _("Stay on the line: 120, 110 or 12356 with them.")),
    (_("Write the plan"), _("A few words for each question. They keep it.")),
    (_("Set the next contact"), _("A day and a time. Write it down here.")),
)
