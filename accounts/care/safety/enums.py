from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
