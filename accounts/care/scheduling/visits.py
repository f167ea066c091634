"""What stands behind a link in a reminder, and what waits for its counselor's word."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.care.scheduling.emails import reminder_id_of
from accounts.care.scheduling.enums import AppointmentState
from accounts.care.scheduling.models import Appointment, Reminder
from accounts.counselors.models import CounselorProfile


def reminder_by(token: str) -> Reminder:
    """Whoever holds the message holds the link; it shows a time and nothing else."""
    reminder_id = reminder_id_of(token)
    if reminder_id is None:
        raise Http404
    rows = Reminder.objects.select_related("appointment", "subject")
    return get_object_or_404(rows, pk=reminder_id)


def visit_for(counselor: CounselorProfile, appointment_id: UUID) -> Appointment:
    """One of the counselor's own talks, or 404."""
    rows = Appointment.objects.select_related("subject", "counselor")
    return get_object_or_404(rows, pk=appointment_id, counselor=counselor)


def needs_outcome(
    counselor: CounselorProfile, *, now: datetime
) -> QuerySet[Appointment]:
    """Past, and nobody has said yet what became of it; the oldest first."""
    states = (AppointmentState.BOOKED, AppointmentState.IN_PROGRESS)
    rows = Appointment.objects.filter(counselor=counselor, state__in=states)
    return rows.filter(ends_at__lte=now).order_by("starts_at", "pk")
