from __future__ import annotations

from jobs.applications.models.applications import (
    Application,
    ApplicationTransition,
    CheckRequest,
    ContactAttempt,
    ContactStop,
    Message,
)
from jobs.applications.models.invitations import Invitation
from jobs.applications.models.pledges import CohortPledge
from jobs.applications.models.prepared import PreparedApplication
from jobs.applications.models.saved import SavedPosting

__all__ = [
    "Application",
    "ApplicationTransition",
    "CheckRequest",
    "CohortPledge",
    "ContactAttempt",
    "ContactStop",
    "Invitation",
    "Message",
    "PreparedApplication",
    "SavedPosting",
]
