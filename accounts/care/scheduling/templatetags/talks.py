"""Times of talks by the clock of whoever reads the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.translation import pgettext

from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.zones import Shown, day_text, shown, zone_of
from accounts.lib.dates import SHANGHAI

register = template.Library()


def _zone(context: Context) -> ZoneInfo:
    request: Any = context.get("request")
    return zone_of(request) if request is not None else SHANGHAI


@register.simple_tag(takes_context=True)
def both_zones(context: Context, talk: Appointment) -> Shown:
    """From when to when; with the counselor's clock too where it shows something else."""
    theirs = ZoneInfo(settings_of(talk.counselor).zone)
    return shown(talk.starts_at, talk.ends_at, _zone(context), theirs)


@register.simple_tag(takes_context=True)
def here(context: Context, moment: datetime | None) -> str:
    """A moment by the reader's own clock: 明天（星期五） 19:30."""
    if moment is None:
        return ""
    zone = _zone(context)
    local = moment.astimezone(zone)
    return pgettext("a day and a time", "%(day)s %(time)s") % {
        "day": day_text(local.date(), zone),
        "time": f"{local:%H:%M}",
    }
