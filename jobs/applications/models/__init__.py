from __future__ import annotations

from jobs.applications.models.applications import (
    Application,
    ApplicationTransition,
    CheckRequest,
    ContactAttempt,
    ContactStop,
    Message,
)
from jobs.applications.models.attachments import Attachment
from jobs.applications.models.interviews import (
    Interview,
    InterviewOffer,
    InterviewSlot,
    InterviewStep,
)
from jobs.applications.models.invitations import Invitation
from jobs.applications.models.offers import Offer
from jobs.applications.models.pledges import CohortPledge
from jobs.applications.models.prepared import PreparedApplication
from jobs.applications.models.retention import RetentionCheck
from jobs.applications.models.saved import SavedPosting

__all__ = [
    "Application",
    "ApplicationTransition",
    "Attachment",
    "CheckRequest",
    "CohortPledge",
    "ContactAttempt",
    "ContactStop",
    "Interview",
    "InterviewOffer",
    "InterviewSlot",
    "InterviewStep",
    "Invitation",
    "Message",
    "Offer",
    "PreparedApplication",
    "RetentionCheck",
    "SavedPosting",
]
