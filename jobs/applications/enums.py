from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", _("Sent")
    VIEWED = "viewed", _("Seen")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    INTERVIEW = "interview", _("Interview")
    OFFERED = "offered", _("Offer")
    HIRED = "hired", _("Hired")
    ON_HOLD = "on_hold", _("On hold")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NO_RESPONSE = "no_response", _("No answer")
    RETRACTED = "retracted", _("Offer taken back")


WAITING_STATES = frozenset({ApplicationState.SUBMITTED, ApplicationState.VIEWED})
ENDED_STATES = frozenset(
    {
        ApplicationState.HIRED,
        ApplicationState.DECLINED,
        ApplicationState.WITHDRAWN,
        ApplicationState.NO_RESPONSE,
        ApplicationState.RETRACTED,
    }
)
ACTIVE_STATES = frozenset(set(ApplicationState) - ENDED_STATES)


class DeclineReason(models.TextChoices):
    """Reasons about the job, never about the person's character or past trade."""

    POSITION_FILLED = "position_filled", _("The position is filled")
    EXPERIENCE = "experience", _("We need more experience in this kind of work")
    SKILL = "skill", _("A skill that the work needs is missing")
    SCHEDULE = "schedule", _("Shifts or start date do not fit")
    PAY = "pay", _("Pay wish and our range do not fit")
    LOCATION = "location", _("The distance is too great")
    EDUCATION = "education", _("A legal requirement on education")
    OTHER = "other", _("Another reason")
