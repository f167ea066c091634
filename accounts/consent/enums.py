from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    TERMS = "terms", _("Terms of use")
    SEND_APPLICATION = "send_application", _("Send my profile with one application")
    SHOW_PROFILE = "show_profile", _("Show my skills under a pseudonym")
    COHORT = "cohort", _("Be counted in a group with a code")
    COUNSELOR_ACCESS = "counselor_access", _("Let a counselor see my profile")
    JOB_ALERTS = "job_alerts", _("Send me messages about new jobs")
