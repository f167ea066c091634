"""How long something waits for a decision, against what we promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from jobs.postings.models import Posting

PROMISED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Waiting:
    text: str
    is_late: bool
    is_close: bool


def waiting(posting: Posting) -> Waiting:
    since = timezone.now() - (posting.submitted_at or posting.created_at)
    return Waiting(_words(since), since > PROMISED, since > PROMISED * 0.75)


def remaining(due_at: datetime, *, since: datetime) -> Waiting:
    """The time left until something is due, or how late it is."""
    now = timezone.now()
    left = due_at - now
    if left < timedelta(0):
        late = _("%(time)s late") % {"time": _words(-left)}
        return Waiting(late, is_late=True, is_close=False)
    is_close = left < (due_at - since) * 0.25
    text = _("%(time)s left") % {"time": _words(left)}
    return Waiting(text, is_late=False, is_close=is_close)


def _words(since: timedelta) -> str:
    minutes = max(0, int(since.total_seconds() // 60))
    if minutes < 60:
        text = ngettext("%(count)s minute", "%(count)s minutes", minutes)
        return text % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
