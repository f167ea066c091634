from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """For whom a table was frozen; it decides how small a group may be."""

    OPERATOR = "operator", _("Who runs the site")
    LEAD = "lead", _("Lead counselor")


class Unit(models.TextChoices):
    SHARE = "share", _("Share of everybody, in per cent")
    COUNT = "count", _("How many")
