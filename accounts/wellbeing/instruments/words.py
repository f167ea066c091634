"""What a result says: how it feels and what to do next, never what somebody has."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


# From this many points on; the last that is reached counts. `offer`: a person to talk
# to; `help`: the help card with it. Where they stand: wellbeing A2, A4 to A6, B2.
def results() -> dict[str, list[dict[str, Any]]]:
    return {
        "cbi-personal": [
            _said(0, _("You have some strength left. Look after it.")),
            _said(50, _("You are clearly worn out. Rest is not laziness now.")),
            _said(
                75,
                _("You are very worn out. This is a good moment to talk to somebody."),
                offer=True,
            ),
        ],
        "cbi-client": [
            _said(0, _("The calls did not take everything out of you.")),
            _said(50, _("The calls took a lot out of you. That is what they do.")),
        ],
        "cbi-client-now": [
            _said(0, _("The people you deal with leave you some strength.")),
            _said(
                50,
                _(
                    "Dealing with people takes a lot out of you. Look at what can change."
                ),
            ),
        ],
        "cbi-work": [
            _said(0, _("The work leaves you some strength.")),
            _said(50, _("The work takes a lot out of you. Look at what can change.")),
        ],
        "phq-2": [_said(0, _("Low days were few in these two weeks."))],
        "gad-2": [_said(0, _("Worries left you some room in these two weeks."))],
        "phq-8": [
            _said(0, _("Low days were few in these two weeks.")),
            _said(
                7, _("These two weeks were rather heavy. Small steps help a little.")
            ),
            _said(
                10,
                _("These two weeks were heavy. It is worth talking to somebody."),
                offer=True,
            ),
            _said(
                20,
                _("These two weeks were very heavy. Please do not carry it alone."),
                offer=True,
                help_now=True,
            ),
        ],
        "gad-7": [
            _said(0, _("Worries left you some room in these two weeks.")),
            _said(5, _("Worries came often in these two weeks.")),
            _said(
                10,
                _("Worries took up a lot. It is worth talking to somebody."),
                offer=True,
            ),
            _said(
                15,
                _("Worries hardly let go of you. Please talk to somebody soon."),
                offer=True,
            ),
        ],
        "who-5": [
            _said(
                0, _("Good moments were few in these two weeks. Take one small step.")
            ),
            _said(52, _("There were good moments in these two weeks.")),
        ],
        "k6": [
            _said(0, _("Hard days were few in the last month.")),
            _said(
                5,
                _(
                    "The last month was rather heavy at times. Small steps help a little."
                ),
            ),
            _said(
                13,
                _("The last month was very heavy. It is worth talking to somebody."),
                offer=True,
            ),
        ],
    }


def _said(
    least: int, text: str, *, offer: bool = False, help_now: bool = False
) -> dict[str, Any]:
    return {"from": least, "text": text, "offer": offer, "help": help_now}


def script_words() -> dict[str, str]:
    return {
        "counted": _("Question {number} of {all}"),
        "skip": _("Skip"),
        "back": _("Back"),
        "stop": _("Stop here"),
        "points": _("{score} of {most} points"),
        "none": _("Too few answers for a result. That is fine."),
        "first": _("There is nothing to compare it with yet."),
        "same": _("About the same as last time. One time or another says little."),
        "more": _("More than last time. That is what you ticked, no more."),
        "less": _("Less than last time. That is what you ticked, no more."),
        "step": _("You ticked some heavy things. A few more questions tell more."),
        "go_on": _("Go on with these questions"),
        "wish": _("Answer the longer questions on mood and worries too"),
        "early": _("It asks about the last {days} days. Come back from {day} on."),
        "kept": _("Kept on this device."),
        "failed": _("This browser keeps nothing."),
        "deleted": _("Deleted. Nothing of it is on this device any more."),
        "paused": _("Paused for three months. Nothing will ask you."),
        "running": _("Good. You can look again when you like."),
        "paused_until": _("You paused this until {day}."),
        "draft": _(
            "The wording of these questions has not been tested in this language."
        ),
        "talk": _("Talk to a counselor"),
        "read": _("What may help now:"),
    }
