from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import DayKind, LeaveReason, Mode
from accounts.care.scheduling.models import (
    AvailabilityRule,
    CalendarFeed,
    CounselorSettings,
    DateException,
    Leave,
    Reminder,
    ReminderWish,
)
from accounts.care.scheduling.services.booking import cancel_all
from accounts.care.scheduling.services.groups import leave_groups
from accounts.care.scheduling.talk_holdings import MODELS, copy_talks, erase_talks
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part
from accounts.care.vault.wall import behind_the_wall
from accounts.consent.descriptions import Holding
from accounts.identity.enums import Kind
from accounts.identity.models import User

AREA = "accounts.care.scheduling"
# In this order they let go.
OWN = (CounselorSettings, AvailabilityRule, DateException, Leave)


def copy(subject: Subject) -> Any:
    told = copy_talks(subject) or {}
    if CalendarFeed.objects.filter(subject=subject).exists():
        told["calendar_address"] = True
    return told or None


def let_go(subject: Subject) -> None:
    """Nobody waits for them in vain."""
    cancel_all(subject=subject)
    leave_groups(subject=subject)


def erase(subject: Subject) -> None:
    CalendarFeed.objects.filter(subject=subject).delete()
    Reminder.objects.filter(subject=subject).delete()
    ReminderWish.objects.filter(subject=subject).delete()
    erase_talks(subject)


PART = Part(
    code="scheduling",
    title=_("Times with counselors"),
    copy=copy,
    erase=erase,
    how_long=_("Until you end it."),
    let_go=let_go,
    models=(
        *MODELS,
        "accounts_care_scheduling.CalendarFeed",
        "accounts_care_scheduling.Reminder",
        "accounts_care_scheduling.ReminderWish",
    ),
)


# ---- What a counselor wrote down about their own time


@behind_the_wall()
def _count(user: User) -> int:
    return sum(_of(model, user).count() for model in OWN)


@behind_the_wall()
def export_calendar(user: User) -> dict[str, Any] | None:
    settings = _of(CounselorSettings, user).first()
    if settings is None:
        return None
    plain = ("zone", "session_minutes", "modes", "video_link", "place", "accepts_new")
    return {name: getattr(settings, name) for name in plain} | {
        "hours": [
            {"weekday": row.weekday + 1, "times": str(row)}
            for row in _of(AvailabilityRule, user)
        ],
        "days": [str(row) for row in _of(DateException, user)],
        "leave": [{"days": str(row), "reason": row.reason} for row in _of(Leave, user)],
    }


@behind_the_wall()
def erase_calendar(user: User) -> None:
    """From now on nobody can book; what is booked is called off right afterwards."""
    for model in OWN:
        _of(model, user).delete()


def _of(model: Any, user: User) -> Any:
    return model.objects.filter(counselor__user=user)


CALENDAR = Holding(
    area=AREA,
    title=_("My hours as a counselor"),
    what=_("Weekly hours, days off, and how you can be reached for a talk."),
    why=_("So that people can book a time with you."),
    basis=_("Needed for the account you asked for."),
    how_long=_("Until you change it or delete the account."),
    count=_count,
    models=tuple(model._meta.label for model in OWN),
    url_name="calendar:settings",
    kinds=(Kind.COUNSELOR,),
    choices={
        "modes": dict(Mode.choices),
        "kind": dict(DayKind.choices),
        "reason": dict(LeaveReason.choices),
    },
)
