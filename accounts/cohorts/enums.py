from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class GiverKind(models.TextChoices):
    """Who hands the code out; they learn rounded figures and nobody's name."""

    HR = "hr", _("Personnel department of a former employer")
    UNION = "union", _("Trade union")
    STREET_OFFICE = "street_office", _("Street or district office")
    OTHER = "other", _("Somebody else")


class Stage(models.TextChoices):
    """What is counted for the giver, each stage by itself."""

    REGISTERED = "registered", _("Joined with the code")
    FINISHED = "finished", _("Finished their profile")
    APPLIED = "applied", _("Applied for a job")
    HIRED = "hired", _("Found work here")
