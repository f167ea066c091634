from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    TERMS = "terms", _("Terms of use")
    SEND_APPLICATION = "send_application", _("Send my profile with one application")
    SHOW_PROFILE = "show_profile", _("Show my skills under a pseudonym")
    TALENT_POOL = "talent_pool", _("Let one company keep me in mind")
    COHORT = "cohort", _("Be counted in a group with a code")
    COUNSELOR_ACCESS = "counselor_access", _("Let a counselor see my profile")
    COUNSELOR_STAGES = (
        "counselor_stages",
        _("Let a counselor see how my applications stand"),
    )
    JOB_ALERTS = "job_alerts", _("Send me messages about new jobs")


class ExportState(models.TextChoices):
    """A copy of one's data: asked for, being made, to be fetched, gone again."""

    REQUESTED = "requested", _("Asked for")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    EXPIRED = "expired", _("Deleted again")
    FAILED = "failed", _("Did not work")


UNFINISHED_EXPORTS = (ExportState.REQUESTED, ExportState.RUNNING)


class DeletionState(models.TextChoices):
    """Leaving for good: a week to think it over, then everything is erased."""

    WAITING = "waiting", _("Will be erased")
    CANCELLED = "cancelled", _("Stayed")
    ERASED = "erased", _("Erased")
