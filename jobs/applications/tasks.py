from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.applications.chase_unanswered")
def chase_unanswered() -> dict[str, int]:
    """Remind employers after seven days, close the wait after fourteen."""
    from jobs.applications.services.deadlines import chase

    return chase(now=timezone.now())


@shared_task(name="jobs.applications.count_responses")
def count_responses() -> int:
    """Write anew how reliably and how fast each employer answers."""
    from jobs.applications.services import responses

    return responses.count_responses(now=timezone.now())


@shared_task(name="jobs.applications.expire_invitations")
def expire_invitations() -> int:
    """End invitations to apply that had their fortnight."""
    from jobs.applications.services import invitations

    return invitations.expire_invitations(now=timezone.now())


@shared_task(name="jobs.applications.expire_prepared")
def expire_prepared() -> int:
    """Let prepared applications pass that nobody answered in time."""
    from jobs.applications.services import prepared

    return prepared.expire_prepared(now=timezone.now())
