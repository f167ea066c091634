from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Education(models.TextChoices):
    """Ordered from low to high; LEVELS gives the order as numbers."""

    NONE = "none", _("No requirement")
    JUNIOR_HIGH = "junior_high", _("Junior high school")
    HIGH_SCHOOL = "high_school", _("High school or vocational school")
    COLLEGE = "college", _("Junior college (大专)")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree or above")


LEVELS: dict[str, int] = {value: index for index, value in enumerate(Education.values)}


class PastRole(models.TextChoices):
    M1_REMINDER = "m1_reminder", _("Early reminder calls (M0–M1)")
    PHONE_COLLECTOR = "phone_collector", _("Phone collection (M2–M6)")
    FIELD_COLLECTOR = "field_collector", _("Field collection")
    LEGAL_TRACK = "legal_track", _("Legal-track collection")
    WRITTEN_OFF = "written_off", _("Written-off debt")
    HARDSHIP_DESK = "hardship_desk", _("Hardship and instalment desk")
    TEAM_LEAD = "team_lead", _("Team leader")
    QA = "qa", _("Call quality check")
    TRAINER = "trainer", _("Trainer")
    WFM = "wfm", _("Shift planning and reports")
    COMPLAINTS = "complaints", _("Complaint handling")
    SUPPORT = "support", _("Customer support")
    OTHER = "other", _("Other work")


class Constraint(models.TextChoices):
    """Hard limits: filters, never weights."""

    NO_COLLECTION = "no_collection", _("No debt collection of any kind")
    NO_OUTBOUND_SALES = "no_outbound_sales", _("No phone sales or sales targets")
    NO_PHONE = "no_phone", _("No phone work")
    NO_NIGHT_SHIFT = "no_night_shift", _("No work after 21:00")
    NO_FIELD_VISITS = "no_field_visits", _("No field visits")
    NO_FEES = "no_fees", _("No fees or deposits of any kind")
    NO_CREDIT_CHECK = "no_credit_check", _("No credit report check")
    WEEKENDS_OFF = "weekends_off", _("Two days off every week")
    NO_DISPATCH = "no_dispatch", _("No labour dispatch")


class Visibility(models.IntegerChoices):
    """Staged identity (who may see the profile)."""

    NOBODY = 0, _("Nobody")
    PSEUDONYM = 1, _("Verified employers see my skills under a pseudonym")
    PER_APPLICATION = 2, _("Name and phone only for an application I send")


class BlockReason(models.TextChoices):
    FORMER = "former", _("I worked there")
    CHOSEN = "chosen", _("I chose to hide from them")
