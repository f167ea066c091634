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

__all__ = [
    "Application",
    "ApplicationTransition",
    "CheckRequest",
    "ContactAttempt",
    "ContactStop",
    "Invitation",
    "Message",
]
