from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class CaseState(models.TextChoices):
    NEW = "new", pgettext_lazy("state of a case", "New")
    TRIAGED = "triaged", pgettext_lazy("state of a case", "Looked at")
    WAITING = "waiting", pgettext_lazy("state of a case", "Waits for a time")
    ACTIVE = "active", pgettext_lazy("state of a case", "Under way")
    ON_HOLD = "on_hold", pgettext_lazy("state of a case", "Resting")
    CLOSING = "closing", pgettext_lazy("state of a case", "Coming to an end")
    CLOSED = "closed", pgettext_lazy("state of a case", "Ended")
    HANDED_OVER = "handed_over", pgettext_lazy("state of a case", "Handed on")
    REFERRED_OUT = "referred_out", pgettext_lazy("state of a case", "Sent on")


# A new case may begin once the one before is in one of these.
ENDED = frozenset({CaseState.CLOSED, CaseState.REFERRED_OUT})


class ClosedReason(models.TextChoices):
    GOAL_REACHED = "goal_reached", _("What was wanted is reached")
    FOUND_WORK = "found_work", _("Has other work")
    ENDED_BY_PERSON = "ended_by_person", _("The person ended it")
    NOT_REACHED = "not_reached", _("Not reached any more")
    REFERRED = "referred", _("Others help better")
    LEFT_SITE = "left_site", _("Left the site")
