"""The words of this part: fields of a note, what to write instead, lines of the log."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.care.notes.rules import lexicon

# Label and one line of help for each text of a note.
FIELDS = {
    "data": (
        _("What was said and seen"),
        _("What the person told you, in their words where you can: 「…」."),
    ),
    "told": (
        _("What the person told you"),
        _("In their words where you can: 「…」."),
    ),
    "seen": (
        _("What you saw and heard"),
        _("Voice, pauses, how the talk went. No names of illnesses."),
    ),
    "did": (
        _("What the two of you tried"),
        _("Listened, sorted, practised a sentence, looked something up."),
    ),
    "reading": (
        _("How you read it"),
        _("About work and daily life. What gets in the way, what helps."),
    ),
    "next": (
        _("What is next"),
        _("Who does what by when, and when you talk again."),
    ),
}
CONTACT_FIELD = (
    _("What the contact was about"),
    _("Two or three sentences are enough."),
)

# Why a word does not stand in a note, and what to write.
INSTEAD: dict[str, Promise] = {
    lexicon.DISORDER: _(
        "Leave the names of illnesses to doctors. Write what was said or seen, such as "
        "“slept three hours, did not want to get up”."
    ),
    lexicon.DIAGNOSIS: _(
        "We do not say whether somebody is ill. Write “told me that …” or “has been to a "
        "hospital”."
    ),
    lexicon.DEGREE: _(
        "No grades and no findings. Write “these two weeks are hard” and by what you see "
        "it."
    ),
    lexicon.MEDICINE: _(
        "No names of medicines. Write “takes something from the doctor”."
    ),
    lexicon.DOSE: _(
        "We give no advice on medicines. Write “will ask the doctor about it”."
    ),
    lexicon.PROGNOSIS: _(
        "Nobody can promise how it goes. Write what is different from last time."
    ),
    lexicon.PATIENT: _("Write “the person” or how they want to be called here."),
    lexicon.TREATMENT: _(
        "We keep company, we do not treat. Write “talk” or “what we tried”."
    ),
    lexicon.METHOD: _(
        "That belongs in a hospital. Write in plain words what the two of you did."
    ),
    lexicon.THIRD_PARTY: _(
        "Other people's numbers and names do not belong here, also not in quotation "
        "marks. Write “a colleague” or “somebody who owes money”."
    ),
}

# What a line of the person's log says, by its action.
LOOKS: dict[str, Promise] = {
    "note.begun": _("Began a note about a talk with you"),
    "note.read": _("Opened a note about a talk with you"),
    "note.printed": _("Opened a note about a talk with you to print it"),
    "note.signed": _("Signed a note about a talk with you"),
    "note.changed": _("Signed a changed note about a talk with you"),
    "note.supervised": _("Read one note to check how we work"),
    "flag.supervised": _("Talked over how we looked after you when it was serious"),
    "summary.asked": _("You asked for a summary"),
    "summary.withdrawn": _("You took your question for a summary back"),
    "summary.written": _("Wrote the summary that you asked for"),
    "earlier.given": _("You let your counselor read earlier notes"),
    "earlier.ended": _("You no longer let your counselor read earlier notes"),
}

NOTES = _("Notes of talks")
HOW_LONG = _("Three years after your case is closed, then deleted by itself.")
PURGED = _("Deletes notes, reflections and summaries of cases closed long ago.")
