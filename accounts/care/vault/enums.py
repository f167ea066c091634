from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What somebody may allow; each is asked for by itself and off until then."""

    CHECKIN_STORE = "checkin_store", _("Keep my check-ins in my account")
    SHARE_SUMMARY = "share_summary", _("Show this counselor how I have been doing")
    SHARE_ITEMS = "share_items", _("Show this counselor my single answers")
    SAFETY_CONTACT = "safety_contact", _("Somebody may contact me if I am in danger")
    EMERGENCY_PERSON = "emergency_person", _("Whom to call for me")
    PLAN_STORE = "plan_store", _("Keep my safety plan in my account")
    TRANSCRIPT = "transcript", _("Keep what we write in our conversation")
    HANDOVER = "handover", _("Hand my case on to another counselor")
    AGGREGATE = "aggregate", _("Count me, without my name, in the figures")


# Given to one counselor, not to the site.
TO_A_COUNSELOR = frozenset(
    {Scope.SHARE_SUMMARY, Scope.SHARE_ITEMS, Scope.TRANSCRIPT, Scope.HANDOVER}
)


class Role(models.TextChoices):
    """What a counselor may do besides helping people."""

    SUPERVISOR = "supervisor", _("Lead counselor")
    SCHEDULER = "scheduler", _("Keeps the calendars")


class Reader(models.TextChoices):
    """As what somebody looked."""

    SELF = "self", _("You")
    COUNSELOR = "counselor", _("Your counselor")
    ON_CALL = "on_call", _("Counselor on duty")
    SUPERVISOR = "supervisor", _("Lead counselor")
    SYSTEM = "system", _("The site itself")
