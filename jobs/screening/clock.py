"""How long a posting waits for a decision, against what we promise employers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

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
