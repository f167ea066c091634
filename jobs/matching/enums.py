from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedbackReason(models.TextChoices):
    """Why somebody does not want a posting, in the order in which it is asked."""

    TOO_FAR = "too_far", _("Too far")
    PAY = "pay", _("The pay")
    HOURS = "hours", _("The hours")
    NOT_THIS_WORK = "not_this_work", _("Not this kind of work")
    TOO_MUCH_PHONE = "too_much_phone", _("Too much phone")
    THIS_EMPLOYER = "this_employer", _("This company")
    ASKS_TOO_MUCH = "asks_too_much", _("Asks too much")
    DUBIOUS = "dubious", _("Looks dubious")
    KNOWN = "known", _("I know it already")
    OTHER = "other", _("Something else")
