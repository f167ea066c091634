from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """One run of a task of the schedule."""

    ASKED = "asked", _("Waits for a worker")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


UNFINISHED = (RunState.ASKED, RunState.RUNNING)
