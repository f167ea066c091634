"""How an employer answers, in the words everybody reads."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from accounts.employers.models import ResponseRecord
from accounts.employers.rules.covenant import may_publish

DAY = 24
LOWEST_STAY, HIGHEST_STAY = 10, 90


def answers_text(record: ResponseRecord | None) -> str:
    """One sentence; too few applications say nothing, and are not held against anybody."""
    if record is None or not record.is_published:
        return _("New here: too few applications yet to say how they answer.")
    text = _("Answered %(answered)s of %(waits)s applications within 14 days.") % {
        "answered": record.answered,
        "waits": record.waits,
    }
    if record.median_hours is None:
        return text
    return _("%(share)s %(pace)s") % {
        "share": text,
        "pace": _usually(record.median_hours),
    }


def hiring_text(record: ResponseRecord | None) -> str:
    """How many were hired and stayed; empty where too few are to say anything."""
    if record is None or not may_publish(record.hires):
        return ""
    text = _("Hired %(hires)s people here in a year.") % {"hires": record.hires}
    if record.stay_percent is None:
        return text
    return _("%(share)s %(pace)s") % {"share": text, "pace": stay_text(record)}


def stay_text(record: ResponseRecord) -> str:
    """Of all and of none it says no more than nearly all and nearly none."""
    if record.stay_percent is None:
        return _("Too few yet to say how many stay.")
    if record.stay_percent >= HIGHEST_STAY:
        return _("After 90 days, 90 in 100 or more were still there.")
    if record.stay_percent <= LOWEST_STAY:
        return _("After 90 days, 10 in 100 or fewer were still there.")
    return _("After 90 days, about %(share)s in 100 were still there.") % {
        "share": record.stay_percent
    }


def _usually(hours: int) -> str:
    if hours <= DAY:
        return _("Usually within a day.")
    days = round(hours / DAY)
    text = ngettext(
        "Usually after %(count)s day.", "Usually after %(count)s days.", days
    )
    return text % {"count": days}
