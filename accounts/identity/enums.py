from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One account, one kind."""

    SEEKER = "seeker", _("Job seeker")
    EMPLOYER = "employer", _("Employer")
    COUNSELOR = "counselor", _("Counselor")
    MODERATOR = "moderator", _("Moderator")
    OPERATOR = "operator", _("Operator")


# These people see what others wrote: a password alone is not enough.
SECOND_FACTOR_KINDS = frozenset({Kind.COUNSELOR, Kind.MODERATOR, Kind.OPERATOR})
# Only these may be created by signing up; the others are invited.
SELF_SERVICE_KINDS = frozenset({Kind.SEEKER, Kind.EMPLOYER})


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


class MessageState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class SwitchState(models.TextChoices):
    """Whom a part of the site is open to."""

    OFF = "off", _("Off")
    ON = "on", _("On")
    PERCENTAGE = "percentage", _("For a share of organisations")
    ORGANIZATIONS = "organizations", _("For some organisations")
