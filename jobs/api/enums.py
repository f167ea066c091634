from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a key may do; nothing else is open to it."""

    POSTINGS_READ = "postings:read", _("Read your postings")
    POSTINGS_WRITE = "postings:write", _("Write postings and send them in")
    APPLICATIONS_READ = "applications:read", _("Read applications")
    APPLICATIONS_WRITE = "applications:write", _("Shortlist and decline")
    VERIFICATION_READ = "verification:read", _("See how your check stands")


class KeyState(models.TextChoices):
    ACTIVE = "active", _("Works")
    ENDING = "ending", _("Works until its replacement is in place")
    ENDED = "ended", _("Ended")
    EXPIRED = "expired", _("Run out")
    ORPHANED = "orphaned", _("Rests: whoever made it is no administrator any more")


class Pace(models.TextChoices):
    """Reading and writing are counted apart."""

    READ = "read", _("Reading")
    WRITE = "write", _("Writing")
