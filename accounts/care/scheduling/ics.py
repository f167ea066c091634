"""Times as a calendar program reads them. Other people see calendars: an entry says
neither who nor what about, nor that it has to do with this site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from uuid import UUID

from django.utils.translation import pgettext
from icalendar import Calendar, Event

from accounts.care.scheduling.enums import AppointmentState as S
from accounts.care.scheduling.models import Appointment

GONE = frozenset({S.CANCELLED_BY_SEEKER, S.CANCELLED_BY_COUNSELOR, S.RESCHEDULED})


def calendar_file(rows: Iterable[Appointment], *, first: dict[UUID, UUID]) -> bytes:
    """`first` names what each row's chain of moves began with: that is its UID for good,
    and only the last row of a chain is written, with the highest SEQUENCE."""
    calendar = Calendar()
    calendar.add("prodid", "-//appointment//1.0//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", timedelta(hours=1), {"VALUE": "DURATION"})
    latest: dict[UUID, Appointment] = {}
    for row in rows:
        key = first[row.pk]
        if key not in latest or row.sequence >= latest[key].sequence:
            latest[key] = row
    for key, row in latest.items():
        calendar.add_component(_entry(row, key))
    return bytes(calendar.to_ical())


def _entry(row: Appointment, uid: UUID) -> Event:
    is_gone = row.state in GONE
    event = Event()
    event.add("uid", f"{uid}@appointment")
    # Moved to another counselor it is gone from here, which is a change too.
    event.add("sequence", row.sequence + (row.state == S.RESCHEDULED))
    # When it last changed, so that the same times make the same file.
    event.add("dtstamp", (row.ended_at or row.created_at).astimezone(UTC))
    event.add("dtstart", row.starts_at.astimezone(UTC))
    event.add("dtend", row.ends_at.astimezone(UTC))
    event.add("summary", pgettext("title in a calendar", "Appointment"))
    event.add("status", "CANCELLED" if is_gone else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if is_gone else "OPAQUE")
    return event
