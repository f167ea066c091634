from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often somebody is told what a saved search found."""

    AT_ONCE = "at_once", _("Soon after it is published")
    DAILY = "daily", _("Once a day, at 9 in the morning")
    NEVER = "never", _("No messages, I look myself")


# Somebody is written to: this needs their yes.
TOLD = frozenset({Frequency.AT_ONCE, Frequency.DAILY})


class Stop(models.TextChoices):
    """What a link in a message stops."""

    ONE = "one", _("This search")
    ALL = "all", _("All messages about new jobs")
