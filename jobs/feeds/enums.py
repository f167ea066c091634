from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RowState(models.TextChoices):
    """What became of one row of a file."""

    WAITING = "waiting", _("Not read yet")
    PROBLEM = "problem", _("Has problems")
    DRAFT = "draft", _("Draft")
    UPDATED = "updated", _("Draft changed")
    KNOWN = "known", _("Already there")
    # Somebody changed the posting here, or it is open: the file does not overwrite it.
    KEPT = "kept", _("Left as it is here")


MADE = frozenset({RowState.DRAFT, RowState.UPDATED})
THERE = frozenset({RowState.KNOWN, RowState.KEPT})


class SourceState(models.TextChoices):
    ACTIVE = "active", _("Read every day")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")
