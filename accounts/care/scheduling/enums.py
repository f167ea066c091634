from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Mode(models.TextChoices):
    TEXT = "text", _("Writing, here on the site")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    IN_PERSON = "in_person", _("Face to face")


class DayKind(models.TextChoices):
    """How one day differs from the week."""

    OFF = "off", pgettext_lazy("hours of one day", "No time")
    EXTRA = "extra", pgettext_lazy("hours of one day", "More time")


class LeaveReason(models.TextChoices):
    """For the counselor's own list; nobody else sees it."""

    HOLIDAY = "holiday", pgettext_lazy("reason to be away", "Holiday")
    TRAINING = "training", pgettext_lazy("reason to be away", "Training")
    ILLNESS = "illness", pgettext_lazy("reason to be away", "Not well")
    FAMILY = "family", pgettext_lazy("reason to be away", "For the family")
    OTHER = "other", pgettext_lazy("reason to be away", "Other")


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
    HELD = "held", pgettext_lazy("state of a talk", "Held for you")
    BOOKED = "booked", pgettext_lazy("state of a talk", "Booked")
    IN_PROGRESS = "in_progress", pgettext_lazy("state of a talk", "Going on")
    ATTENDED = "attended", pgettext_lazy("state of a talk", "Took place")
    NO_SHOW = "no_show", pgettext_lazy("state of a talk", "Missed")
    CANCELLED_BY_SEEKER = (
        "cancelled_by_seeker",
        pgettext_lazy("state of a talk", "Cancelled"),
    )
    CANCELLED_BY_COUNSELOR = (
        "cancelled_by_counselor",
        pgettext_lazy("state of a talk", "Cancelled by the counselor"),
    )
    RESCHEDULED = "rescheduled", pgettext_lazy("state of a talk", "Moved")
    EXPIRED = "expired", pgettext_lazy("state of a talk", "Not taken")


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


class Actor(models.TextChoices):
    """Who moved an appointment on; never a name."""

    SEEKER = "seeker", pgettext_lazy("who did it", "The person")
    COUNSELOR = "counselor", pgettext_lazy("who did it", "The counselor")
    SYSTEM = "system", pgettext_lazy("who did it", "The site itself")


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("Mornings, until 12:00")
    AFTERNOON = "afternoon", _("Afternoons, 12:00 to 18:00")
    EVENING = "evening", _("Evenings, from 18:00")


class WaitState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state on a waiting list", "Waiting")
    PAUSED = "paused", pgettext_lazy("state on a waiting list", "Paused")
    BOOKED = "booked", pgettext_lazy("state on a waiting list", "Has a time")
    LEFT = "left", pgettext_lazy("state on a waiting list", "Left the list")


ON_THE_LIST = frozenset({WaitState.WAITING, WaitState.PAUSED})


class OfferState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of an offered time", "Waits for an answer")
    TAKEN = "taken", pgettext_lazy("state of an offered time", "Taken")
    DECLINED = "declined", pgettext_lazy("state of an offered time", "Not taken")
    EXPIRED = "expired", pgettext_lazy("state of an offered time", "Ran out")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an offered time", "Withdrawn")


class Theme(models.TextChoices):
    """What a group is about."""

    AFTER = "after", _("Life after collection work")
    SLEEP = "sleep", _("Sleeping better again")
    MONEY = "money", _("My own debts, one step at a time")
    GUILT = "guilt", _("What stays with us from the calls")
    SEARCH = "search", _("Looking for work without losing heart")
    TALK = "talk", _("Practising talks with employers")


class SeatState(models.TextChoices):
    TAKEN = "taken", pgettext_lazy("state of a seat", "Yours")
    OFFERED = "offered", pgettext_lazy("state of a seat", "Free for you now")
    WAITING = "waiting", pgettext_lazy("state of a seat", "On the waiting list")
    ATTENDED = "attended", pgettext_lazy("state of a seat", "Was there")
    MISSED = "missed", pgettext_lazy("state of a seat", "Was not there")
    GIVEN_BACK = "given_back", pgettext_lazy("state of a seat", "Given back")
    EXPIRED = "expired", pgettext_lazy("state of a seat", "Ran out")
    CALLED_OFF = "called_off", pgettext_lazy("state of a seat", "Group called off")


# A chair is taken up by these; somebody is in the group or its list by these.
ON_A_CHAIR = frozenset({SeatState.TAKEN, SeatState.OFFERED})
IN_THE_GROUP = ON_A_CHAIR | {SeatState.WAITING}
# Groups meet by video or in a room: the site has no room for many to write in.
GROUP_MODES = (Mode.VIDEO, Mode.IN_PERSON)
