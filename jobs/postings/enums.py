from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Being checked")
    CHANGES_REQUESTED = "changes_requested", _("Needs changes")
    PUBLISHED = "published", _("Hiring")
    PAUSED = "paused", _("Paused")
    FILLED = "filled", _("Filled")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Expired")
    REJECTED = "rejected", _("Refused")
    REMOVED = "removed", _("Taken down")


LIVE_STATES = frozenset({PostingState.PUBLISHED, PostingState.PAUSED})
ENDED_STATES = frozenset(
    {
        PostingState.FILLED,
        PostingState.CLOSED,
        PostingState.EXPIRED,
        PostingState.REJECTED,
        PostingState.REMOVED,
    }
)


class EmploymentType(models.TextChoices):
    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    DISPATCH = "dispatch", _("Labour dispatch")
    OUTSOURCING = "outsourcing", _("Outsourced project")
    INTERNSHIP = "internship", _("Internship")


class Shift(models.TextChoices):
    DAY = "day", _("Day shift")
    TWO_SHIFT = "two_shift", _("Early and late shift")
    ROTATING = "rotating", _("Rotating, with nights")
    NIGHT = "night", _("Night shift")


class Rest(models.TextChoices):
    DOUBLE = "double", _("Two days off a week")
    SINGLE = "single", _("One day off a week")
    ALTERNATE = "alternate", _("One and two days off in turn")
    ROTATING = "rotating", _("Days off by roster")


class Channel(models.TextChoices):
    INBOUND_PHONE = "inbound_phone", _("Answering calls")
    OUTBOUND_PHONE = "outbound_phone", _("Making calls")
    TEXT = "text", _("Online chat")
    IN_PERSON = "in_person", _("In person")
    FIELD = "field", _("Visits outside")
    BACK_OFFICE = "back_office", _("Desk work without customers")


class Screening(models.TextChoices):
    """What the employer checks about an applicant (stated before applying)."""

    NONE = "none", _("No check")
    NO_CONVICTION = "no_conviction", _("Certificate of no criminal record")
    CREDIT_REPORT = "credit_report", _("Credit report")


class ScreeningStage(models.TextChoices):
    """When the check may be asked for; never before the interview."""

    INTERVIEW = "interview", _("At the interview")
    OFFERED = "offered", _("With the offer")


class Role(models.TextChoices):
    """What the duties say the work is, whatever the title says."""

    COLLECTION = "collection", _("Debt collection")
    RECEIVABLES = "receivables", _("Company receivables")
    SERVICING = "servicing", _("Loan servicing")
    SUPPORT = "support", _("Customer support")
    OUTBOUND_SALES = "outbound-sales", _("Phone sales")
    OTHER = "other", _("Other work")


class SalesShare(models.TextChoices):
    """How much of the work is selling."""

    NONE = "none", _("No selling")
    SOME = "some", _("Some selling")
    MAIN = "main", _("Mainly selling")


class Benefit(models.TextChoices):
    SOCIAL_INSURANCE = "social_insurance", _("Social insurance")
    HOUSING_FUND = "housing_fund", _("Housing fund")
    EXTRA_INSURANCE = "extra_insurance", _("Extra insurance")
    WEEKENDS_OFF = "weekends_off", _("Weekends off")
    ANNUAL_LEAVE = "annual_leave", _("Paid annual leave")
    PUBLIC_HOLIDAYS = "public_holidays", _("Public holidays off")
    MEALS = "meals", _("Meals provided")
    MEAL_ALLOWANCE = "meal_allowance", _("Meal allowance")
    LODGING = "lodging", _("Lodging provided")
    RENT_ALLOWANCE = "rent_allowance", _("Rent allowance")
    TRANSPORT_ALLOWANCE = "transport_allowance", _("Transport allowance")
    PHONE_ALLOWANCE = "phone_allowance", _("Phone allowance")
    SHUTTLE = "shuttle", _("Shuttle bus")
    PAID_TRAINING = "paid_training", _("Paid training")
    TRAINING = "training", _("Training")
    YEAR_END_BONUS = "year_end_bonus", _("Year-end bonus")
    PERFORMANCE_BONUS = "performance_bonus", _("Performance bonus")
    ATTENDANCE_BONUS = "attendance_bonus", _("Full-attendance bonus")
    SENIORITY_PAY = "seniority_pay", _("Seniority pay")
    OVERTIME_PAY = "overtime_pay", _("Overtime pay")
    NIGHT_ALLOWANCE = "night_allowance", _("Night-shift allowance")
    HEAT_ALLOWANCE = "heat_allowance", _("Heat allowance")
    FESTIVAL_GIFTS = "festival_gifts", _("Festival gifts")
    BIRTHDAY_GIFTS = "birthday_gifts", _("Birthday gifts")
    HEALTH_CHECK = "health_check", _("Health check")
    TEAM_TRIPS = "team_trips", _("Team trips")
    FLEXIBLE_HOURS = "flexible_hours", _("Flexible hours")
    REMOTE_WORK = "remote_work", _("Work from home")
    STOCK_OPTIONS = "stock_options", _("Stock options")
    SNACKS = "snacks", _("Snacks and drinks")
    COUNSELLING = "counselling", _("Staff counselling")
    NO_OVERTIME = "no_overtime", _("No overtime")
