"""Words of the desk that several pages share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from accounts.identity.models import User
from accounts.lib.dates import moment_text
from jobs.applications.models import Application
from jobs.applications.rules.workflow import EMPLOYER
from jobs.applications.views.presentation import last_step_sentence
from jobs.hiring.access import last_step
from jobs.hiring.rules.board import COLUMN_OF

COLUMN_NAMES: Mapping[str, Promise] = {
    "submitted": gettext_lazy("New"),
    "viewed": gettext_lazy("Seen"),
    "shortlisted": pgettext_lazy("column", "Shortlist"),
    "interview": gettext_lazy("Interview"),
    "offered": gettext_lazy("Offer"),
    "on_hold": gettext_lazy("On hold"),
    "hired": gettext_lazy("Hired"),
    "ended": gettext_lazy("Ended"),
}
MOVE_WORDS: Mapping[str, Promise] = {
    "shortlist": gettext_lazy("Put on the shortlist"),
    "propose": gettext_lazy("Offer times to talk"),
    "call_off": gettext_lazy("Call the talk off"),
    "offer": gettext_lazy("Make an offer"),
    "postpone": gettext_lazy("Put on hold"),
    "decline": gettext_lazy("Decline with a reason"),
    "retract": gettext_lazy("Take the offer back"),
}


def ago_text(at: datetime, *, now: datetime) -> str:
    passed = now - at
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        minutes = passed // timedelta(minutes=1)
        text = ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes)
        return text % {"count": minutes}
    return moment_text(at)


def moved_sentence(application: Application, reader: User, *, now: datetime) -> str:
    """Who was quicker, where it stands now, and since when."""
    step = last_step(application)
    if step is None:
        return ""
    if step.actor is None or step.actor_kind != EMPLOYER:
        return last_step_sentence(application)
    said = {
        "who": str(step.actor),
        "stage": str(COLUMN_NAMES[COLUMN_OF[application.state]]),
        "ago": ago_text(step.at, now=now),
    }
    if step.actor_id == reader.pk:
        return _("You moved it to “%(stage)s” %(ago)s.") % said
    return _("%(who)s moved it to “%(stage)s” %(ago)s.") % said
