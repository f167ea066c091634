from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    CAREER = "career", _("Changing jobs")
    LEGAL_INFORMATION = "legal_information", _("Work rights information")
    PSYCHOLOGICAL = "psychological", _("Emotional support")
