from __future__ import annotations

from accounts.care.scheduling.models.appointments import Appointment, AppointmentStep
from accounts.care.scheduling.models.calendar import (
    AvailabilityRule,
    CalendarFeed,
    CounselorSettings,
    DateException,
    Leave,
)
from accounts.care.scheduling.models.groups import Group, Seat
from accounts.care.scheduling.models.reminders import Reminder, ReminderWish
from accounts.care.scheduling.models.waiting import Offer, WaitingEntry

__all__ = [
    "Appointment",
    "AppointmentStep",
    "AvailabilityRule",
    "CalendarFeed",
    "CounselorSettings",
    "DateException",
    "Group",
    "Leave",
    "Offer",
    "Reminder",
    "ReminderWish",
    "Seat",
    "WaitingEntry",
]
