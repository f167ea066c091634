from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchAction(models.TextChoices):
    """A step that many applications can take at once."""

    SHORTLIST = "shortlist", _("Put on the shortlist")
    POSTPONE = "postpone", _("Put on hold")
    DECLINE = "decline", _("Decline with a reason")


class BatchOutcome(models.TextChoices):
    """What became of one application of many."""

    DONE = "done", _("Done")
    MOVED = "moved", _("Somebody moved it meanwhile")
    NOT_POSSIBLE = "not_possible", _("Not possible at this stage")
    TAKEN_DOWN = "taken_down", _("The posting was taken down")


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", _("Excel table (.xlsx)")
    CSV = "csv", _("Plain table (.csv)")


class ExportReason(models.TextChoices):
    """Why a list leaves this site; the people on it can ask for it."""

    MEETING = "meeting", _("To go through it with colleagues")
    REPORT = "report", _("For a report within the organisation")
    PROOF = "proof", _("As proof for an authority or a court")
    OTHER = "other", _("Another reason")
