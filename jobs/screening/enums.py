from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    BLOCK = "block", _("Must be changed")
    REVIEW = "review", _("A person will check")
    WARN = "warn", _("Advice")
    POSITIVE = "positive", _("Good sign")


class Decision(models.TextChoices):
    """What the machine concludes from the findings."""

    BLOCK = "block", _("Cannot be published")
    REVIEW = "review", _("Needs a person's decision")
    OK = "ok", _("Nothing found")


class Verdict(models.TextChoices):
    """What a moderator decides."""

    APPROVE = "approve", _("Publish")
    REQUEST_CHANGES = "request_changes", _("Ask for changes")
    REJECT = "reject", _("Refuse")
    REMOVE = "remove", _("Take down")
