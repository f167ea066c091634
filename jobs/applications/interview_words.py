"""The sentences about interviews, for both sides' pages and forms."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.applications.enums import InterviewOutcome, Side, SlotRefusal
from jobs.applications.rules.workflow import EMPLOYER, SEEKER, SYSTEM

SLOT_SENTENCES: dict[SlotRefusal, Promise] = {
    SlotRefusal.NO_TIMES: _("Please enter at least one time."),
    SlotRefusal.TOO_MANY: _("Ten times at most, please."),
    SlotRefusal.TOO_SOON: _(
        "Please choose a time at least 24 hours ahead, so that people can plan."
    ),
    SlotRefusal.TOO_FAR: _("Please choose a time within the next 60 days."),
    SlotRefusal.AT_NIGHT: _("Please stay between 8:00 and 22:00, China time."),
    SlotRefusal.TWICE: _("The same time stands there twice."),
    SlotRefusal.NO_CALLS: _(
        "This applicant takes no calls. Please choose another way to talk."
    ),
    SlotRefusal.TAKEN: _(
        "Somebody else has just taken this time. Please pick another."
    ),
    SlotRefusal.GONE: _("This time can no longer be picked. Please pick another."),
    SlotRefusal.MOVED_TWICE: _(
        "You have moved this talk twice already. Please keep the time, or call it off "
        "with a reason."
    ),
    SlotRefusal.TAKEN_DOWN: _(
        "The posting was taken down. You can call the talk off; there is nothing else "
        "to do."
    ),
}
# By step and who took it; what is not here is not told.
SEEKER_STEPS: dict[tuple[str, str], Promise] = {
    ("propose", EMPLOYER): _("The employer offered times to talk"),
    ("pick", SEEKER): _("You picked a time"),
    ("ask", SEEKER): _("You asked for another time"),
    ("move", EMPLOYER): _("The employer needs another time"),
    ("move", SEEKER): _("You gave the time back"),
    ("call_off", SEEKER): _("You called the talk off"),
    ("call_off", EMPLOYER): _("The employer called the talk off"),
    ("lapse", SYSTEM): _("None of the times was picked"),
    ("close", SYSTEM): _("The talk is off"),
    ("held", SEEKER): _("You said: the talk took place"),
    ("missed", SEEKER): _("You said: the talk did not take place"),
    ("held", EMPLOYER): _("The employer said: the talk took place"),
    ("missed", EMPLOYER): _("The employer said: the talk did not take place"),
}
EMPLOYER_STEPS: dict[tuple[str, str], Promise] = {
    ("propose", EMPLOYER): _("Times offered"),
    ("pick", SEEKER): _("The applicant picked a time"),
    ("ask", SEEKER): _("The applicant asked for another time"),
    ("move", EMPLOYER): _("Talk moved"),
    ("move", SEEKER): _("The applicant gave the time back"),
    ("call_off", SEEKER): _("The applicant called the talk off"),
    ("call_off", EMPLOYER): _("Talk called off"),
    ("lapse", SYSTEM): _("None of the times was picked"),
    ("close", SYSTEM): _("The talk is off"),
    ("held", SEEKER): _("The applicant said: the talk took place"),
    ("missed", SEEKER): _("The applicant said: the talk did not take place"),
    ("held", EMPLOYER): _("You said: the talk took place"),
    ("missed", EMPLOYER): _("You said: the talk did not take place"),
}
OUTCOMES: dict[Side, dict[InterviewOutcome, Promise]] = {
    Side.SEEKER: {
        InterviewOutcome.HELD: _("Yes, we talked"),
        InterviewOutcome.OTHER_ABSENT: _("They were not there"),
        InterviewOutcome.I_COULD_NOT: _("I could not make it"),
    },
    Side.EMPLOYER: {
        InterviewOutcome.HELD: _("Yes, we talked"),
        InterviewOutcome.OTHER_ABSENT: _("The applicant was not there"),
        InterviewOutcome.I_COULD_NOT: _("We could not make it"),
    },
}
ACTIONS: dict[str, Promise] = {
    "application.file_opened": _("A file you sent with a message was opened"),
    "application.file_taken_back": _("You took a file back"),
    "interview.propose": _("An employer offered you times to talk"),
    "interview.pick": _("You picked a time to talk"),
    "interview.ask": _("You asked for another time to talk"),
    "interview.replace": _("Other times took the place of those offered before"),
    "interview.move": _("A talk was moved"),
    "interview.call_off": _("A talk was called off"),
    "interview.lapse": _("Times to talk ran out"),
    "interview.end": _("The time of a talk was over"),
    "interview.held": _("Somebody said that a talk took place"),
    "interview.missed": _("Somebody said that a talk did not take place"),
    "interview.close": _("A talk was off because the application went on without it"),
}
