from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """How the counselor and the person spoke when the answers were written down."""

    IN_PERSON = "in_person", _("We sat together")
    BY_PHONE = "by_phone", _("We talked on the phone")


class DraftState(models.TextChoices):
    WAITING = "waiting", _("Waits for the person")
    TAKEN_OVER = "taken_over", _("Taken over")
    ENDED = "ended", _("Ended")


class ProposalState(models.TextChoices):
    """Changes to somebody's profile that a counselor suggests; the person decides."""

    WAITING = "waiting", _("Waits for the person")
    ANSWERED = "answered", _("Decided")
    ENDED = "ended", _("Ended")


class EndedBy(models.TextChoices):
    """Only moderators learn the difference, as a number; the counselor never does."""

    NOT_ME = "not_me", _("“That is not me”")
    RUN_OUT = "run_out", _("Nobody answered in time")
