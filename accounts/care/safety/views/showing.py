"""Rows of care as pages show them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import ngettext, pgettext

from accounts.care.safety import access, words
from accounts.care.safety.enums import Whom
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.services.flags import remark_of


def left_words(due_at: datetime, now: datetime) -> str:
    """How much time is left, or since when it is over."""
    left = due_at - now
    span = _span(abs(left))
    if left < timedelta():
        return pgettext("time left", "%(span)s late") % {"span": span}
    return pgettext("time left", "%(span)s left") % {"span": span}


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def steps_shown(flag: SafetyFlag, *, remarks: bool = False) -> list[dict[str, Any]]:
    """`remarks` are for those who look after it."""
    found = []
    for step in access.steps_of(flag):
        told = remark_of(step) if remarks or step.event == "decide" else {}
        whom = told.get("whom", "")
        found.append(
            {
                "at": step.at,
                "what": words.STEPS[step.event],
                "who": step.counselor.name if step.counselor else step.get_by_display(),
                "whom": Whom(whom).label if whom else "",
                "text": told.get("text", "") if remarks else "",
            }
        )
    return found


def card(flag: SafetyFlag, now: datetime) -> dict[str, Any]:
    is_running = flag.first_tried_at is None
    return {
        "flag": flag,
        "left": left_words(flag.due_at, now) if is_running else "",
        "is_late": is_running and now > flag.due_at,
    }
