"""What stands on the pages of an application that are not ours."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.identity.models import User
from jobs.applications.models import Application, Invitation
from jobs.applications.panels import Panel
from jobs.talent import access_pool
from jobs.talent.presentation import team_data


def team_panel(user: User, application: Application) -> Panel | None:
    """Not once the applicant took back what they sent."""
    if not application.is_shared:
        return None
    return Panel("jobs/talent/_team.html", team_data(user, application))


def question_panel(user: User, application: Application) -> Panel | None:
    """An open question, on the page of the application it came after."""
    rows = access_pool.open_questions_of(user, now=timezone.now())
    mine = [row for row in rows if row.application_id == application.pk]
    return Panel("jobs/talent/_questions.html", {"rows": mine}) if mine else None


def questions_panel(user: User, _about: Any) -> Panel | None:
    rows = access_pool.open_questions_of(user, now=timezone.now())
    return Panel("jobs/talent/_questions.html", {"rows": rows}) if rows else None


def kept_panel(user: User, invitation: Invitation) -> Panel | None:
    """Why this company could invite them, and the way to end it."""
    entry = access_pool.standing_yes(user, invitation.organization)
    return Panel("jobs/talent/_kept.html", {"entry": entry}) if entry else None
