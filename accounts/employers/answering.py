"""How an employer answers, in the words everybody reads."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from accounts.employers.models import ResponseRecord

DAY = 24


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


def _usually(hours: int) -> str:
    if hours <= DAY:
        return _("Usually within a day.")
    days = round(hours / DAY)
    text = ngettext(
        "Usually after %(count)s day.", "Usually after %(count)s days.", days
    )
    return text % {"count": days}
