from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.care.notes.rules import formats


class Format(models.TextChoices):
    DAP = formats.DAP, _("What was said, how you read it, what is next")
    SOAP = formats.SOAP, _("Told, seen, read, next")
    BIRP = formats.BIRP, _("What was said, what you did, how it went, what is next")
    CONTACT = formats.CONTACT, _("Short contact")


class NoteState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a note", "Draft")
    SIGNED = "signed", pgettext_lazy("state of a note", "Signed")
    AMENDING = "amending", pgettext_lazy("state of a note", "Signed, being changed")


class ChangeReason(models.TextChoices):
    """Why a signed note was written anew."""

    MISTAKE = "mistake", _("Something was wrong")
    ADDED = "added", _("Something was missing")
    ASKED = "asked", _("The person asked for it")
    FEEDBACK = "feedback", _("After a talk with the lead counselor")


class Why(models.TextChoices):
    """How a note or a flag came before a lead counselor."""

    RED_FLAG = "red_flag", _("Somebody was in danger")
    SAMPLE = "sample", _("One in ten, drawn")
    PUT_FORWARD = "put_forward", _("The counselor asks for it")


class ReviewState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of a review", "Waits")
    OPENED = "opened", pgettext_lazy("state of a review", "Being read")
    DONE = "done", pgettext_lazy("state of a review", "Talked over")


class Outcome(models.TextChoices):
    FINE = "fine", _("Good as it is")
    HINT = "hint", _("A hint for next time")
    CHANGE = "change", _("Please change the note")
    TALK = "talk", _("Let us talk about it")


class SummaryState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a summary", "Asked for")
    GIVEN = "given", pgettext_lazy("state of a summary", "Written")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a summary", "Not wanted any more")
