"""One message per occasion. Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message
from jobs.postings.emails import people_to_tell
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction


def tell_employer(sanction: Sanction, template: str) -> None:
    """The administrators, and who wrote the posting; nobody for a repost."""
    link = page("measures:measure", public_id=sanction.public_id)
    for user in _people(sanction):
        _send(user, template, f"{sanction.pk}:{sanction.state}", link=link)


def ask_employer(report: Report) -> None:
    """A question about a posting; nothing says that somebody reported it."""
    link = page("measures:question", public_id=report.public_id)
    employer = report.employer
    if employer is None:
        return
    # A second question is a new one: it has another last day.
    asked = f"{report.pk}:{report.due_at.isoformat()}"
    for user in _admins(employer.pk):
        _send(user, "screening/question", asked, link=link)


def tell_reporter(report: Report) -> None:
    """The outcome; a visitor looks it up by the number on the receipt."""
    if report.reporter is None:
        return
    link = page("reports:receipt", receipt=report.receipt)
    key = f"{report.pk}:{report.state}"
    _send(report.reporter, "screening/report_answered", key, link=link)


def _people(sanction: Sanction) -> list[User]:
    if sanction.organization_id is None:
        return []
    found = {user.pk: user for user in _admins(sanction.organization_id)}
    if sanction.posting is not None:
        found |= {user.pk: user for user in people_to_tell(sanction.posting)}
    return list(found.values())


def _admins(organization: int) -> list[User]:
    members = Membership.objects.filter(
        organization=organization, role=MemberRole.ADMIN, is_active=True
    )
    return [member.user for member in members.select_related("user")]


def _send(user: User, template: str, key: str, **context: Any) -> None:
    queue_message(
        user=user,
        template=template,
        context=context | {"site_name": settings.SITE_NAME},
        dedupe_key=f"{template}:{key}:{user.pk}",
    )
