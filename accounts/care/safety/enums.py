from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Level(models.TextChoices):
    RED = "red", _("In danger now")
    AMBER = "amber", _("Asks to be contacted")
    YELLOW = "yellow", _("Asks for a talk soon")


class Source(models.TextChoices):
    CHECK_IN = "check_in", _("Check-in")
    SELF = "self", _("Asked for it")
    COUNSELOR = "counselor", _("Said to a counselor")
    PEER = "peer", _("Said by somebody close")
    MISSED = "missed", _("Missed an appointment")


class FlagState(models.TextChoices):
    OPEN = "open", _("Nobody yet")
    ACKNOWLEDGED = "acknowledged", _("Taken over")
    CONTACTING = "contacting", _("Being contacted")
    PLAN_MADE = "plan_made", _("Plan made")
    HANDED_TO_EMERGENCY = "handed_to_emergency", _("Handed to emergency services")
    UNREACHABLE = "unreachable", _("Not reached")
    MONITORED = "monitored", _("Kept in view")
    CLOSED = "closed", _("Closed")


# Somebody still looks after it.
STILL_OPEN = frozenset(FlagState.values) - {FlagState.CLOSED}
# Here opening what consent does not give may be needed, and closing takes two.
SERIOUS = frozenset({Level.RED, Level.AMBER})


class StepBy(models.TextChoices):
    """Who made a step; counselors are named on the row besides."""

    PERSON = "person", _("You yourself")
    COUNSELOR = "counselor", pgettext_lazy("who made a step", "A counselor")
    SITE = "site", pgettext_lazy("who made a step", "The site by itself")


class Way(models.TextChoices):
    PHONE = "phone", pgettext_lazy("how we tried", "Rang")
    SMS = "sms", pgettext_lazy("how we tried", "Wrote a text message")
    SITE = "site", pgettext_lazy("how we tried", "Wrote here on the site")
    TALK = "talk", pgettext_lazy("how we tried", "In a talk")


class Outcome(models.TextChoices):
    REACHED = "reached", pgettext_lazy("outcome of a try", "We spoke")
    NO_ANSWER = "no_answer", pgettext_lazy("outcome of a try", "No answer")
    BUSY = "busy", pgettext_lazy("outcome of a try", "Busy or switched off")
    WRONG = "wrong", pgettext_lazy("outcome of a try", "Somebody else answered")


class Whom(models.TextChoices):
    """Who was called when it could not wait."""

    EMERGENCY_PERSON = "emergency_person", _("The person they named")
    POLICE = "110", _("Police, 110")
    AMBULANCE = "120", _("Ambulance, 120")


class Verdict(models.TextChoices):
    RIGHT = "right", _("It was needed")
    WRONG = "wrong", _("It was not needed")
