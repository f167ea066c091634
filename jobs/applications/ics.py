"""One appointment as a file for a calendar. Other people see calendars: it says neither
who nor what for, and where only if the person asked for that."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from accounts.lib.dates import SHANGHAI
from jobs.applications.enums import SEATED_INTERVIEWS, InterviewBy
from jobs.applications.models import Interview, InterviewSlot

# Of a file that somebody opens themselves: nobody is asked to reply.
PUBLISH, CANCEL = "PUBLISH", "CANCEL"
# Whoever cancels has to be named; our own name would say what it is about.
ORGANIZER = "mailto:noreply@appointment.invalid"


def calendar_file(
    interview: Interview, slot: InterviewSlot, *, with_place: bool, now: datetime
) -> bytes:
    """`slot` is what was picked. A talk keeps its UID through all moves and each change
    raises SEQUENCE, so that calendars replace or remove the entry."""
    is_on = interview.state in SEATED_INTERVIEWS
    event = Event()
    event.add("uid", f"{interview.uid}@appointment")
    event.add("sequence", interview.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", slot.starts_at.astimezone(SHANGHAI))
    event.add("dtend", slot.ends_at.astimezone(SHANGHAI))
    event.add("summary", _("Appointment"))
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if is_on else "TRANSPARENT")
    event["organizer"] = vCalAddress(ORGANIZER)
    if with_place and slot.by == InterviewBy.IN_PERSON:
        event.add("location", slot.place)
    return _wrapped(event, PUBLISH if is_on else CANCEL)


def _wrapped(event: Event, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//appointment//1.0//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
