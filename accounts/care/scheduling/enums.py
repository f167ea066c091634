from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Mode(models.TextChoices):
    TEXT = "text", _("Writing, here on the site")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    IN_PERSON = "in_person", _("Face to face")


class Topic(models.TextChoices):
    """What somebody wants to talk about; always sealed with their key."""

    SLEEP = "sleep", _("Sleep and tiredness")
    GRIEF = "grief", _("The job is gone")
    DEBT = "debt", _("My own debts")
    WAGES = "wages", _("Unpaid wages, rights at work")
    GUILT = "guilt", _("What I did on the phone")
    FAMILY = "family", _("Family")
    JOB = "job", _("Finding other work")
    OTHER = "other", pgettext_lazy("topic of a talk", "Something else")


class AppointmentState(models.TextChoices):
    HELD = "held", _("Held for you")
    BOOKED = "booked", _("Booked")
    IN_PROGRESS = "in_progress", _("Going on")
    ATTENDED = "attended", _("Took place")
    NO_SHOW = "no_show", _("Missed")
    CANCELLED_BY_SEEKER = "cancelled_by_seeker", _("Cancelled")
    CANCELLED_BY_COUNSELOR = "cancelled_by_counselor", _("Cancelled by the counselor")
    RESCHEDULED = "rescheduled", _("Moved")
    EXPIRED = "expired", _("Not taken")


# These take up the counselor's time.
TAKES_TIME = frozenset(
    {AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.IN_PROGRESS}
)
OVER = frozenset(AppointmentState.values) - TAKES_TIME


class ReminderKind(models.TextChoices):
    DAY_BEFORE = "day_before", _("The day before")
    TWO_HOURS = "two_hours", _("Two hours before")
    MISSED = "missed", _("After a missed talk")


class ReminderState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of a reminder", "Waits")
    SENT = "sent", pgettext_lazy("state of a reminder", "Written")
    DROPPED = "dropped", pgettext_lazy("state of a reminder", "Not needed")


class ReminderWay(models.TextChoices):
    USUAL = "usual", _("As all other messages")
    EMAIL = "email", _("By e-mail")
    SMS = "sms", _("By text message")
    NONE = "none", _("Do not remind me")
