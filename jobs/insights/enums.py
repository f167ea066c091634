from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seen(models.TextChoices):
    """What happened to a posting; who did it is not written down anywhere."""

    SHOWN = "shown", _("Shown in a list")
    OPENED = "opened", _("Opened by readers")
    SAVED = "saved", _("Put aside")


class Source(models.TextChoices):
    """The page somebody came from; the request says it, nobody is followed."""

    SEARCH = "search", _("Search")
    FOR_ME = "for_me", _("Jobs for me")
    ALERTS = "alerts", _("Saved searches")
    INVITATION = "invitation", _("Your invitations")
    DIRECT = "direct", _("Links and other sites")


class Stage(models.TextChoices):
    """How far an application came, in order."""

    APPLIED = "applied", _("Applied")
    VIEWED = "viewed", _("Read by you")
    SHORTLISTED = "shortlisted", _("On your shortlist")
    INTERVIEW = "interview", _("Interview settled")
    OFFERED = "offered", _("Offer made")
    HIRED = "hired", _("Hired")
