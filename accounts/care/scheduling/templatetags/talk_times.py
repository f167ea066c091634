"""Times of talks by the clock of whoever looks: `{% load talk_times %}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template

from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.zones import day_text, shown, zone_of

register = template.Library()


@register.inclusion_tag("accounts/care/scheduling/_when.html", takes_context=True)
def talk_time(context: Any, talk: Any) -> dict[str, Any]:
    """Of an appointment or a slot, for the person: their clock, and the counselor's
    where it shows something else."""
    zone = zone_of(context["request"])
    other = ZoneInfo(settings_of(talk.counselor).zone)
    return {"when": shown(talk.starts_at, talk.ends_at, zone, other)}


@register.simple_tag(takes_context=True)
def talk_day(context: Any, moment: datetime) -> str:
    """The day alone, for lists that are grouped by it."""
    zone = zone_of(context["request"])
    return day_text(moment.astimezone(zone).date(), zone)


@register.simple_tag(takes_context=True)
def talk_clock(context: Any, moment: datetime) -> str:
    """The time of day alone."""
    return f"{moment.astimezone(zone_of(context['request'])):%H:%M}"
