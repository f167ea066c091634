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


@shared_task(name="jobs.applications.erase_old_files")
def erase_old_files() -> int:
    """Erase files of messages half a year after their application ended."""
    from jobs.applications.services import attachments

    return attachments.erase_old_files(now=timezone.now())


@shared_task(name="jobs.applications.tend_appointments")
def tend_appointments() -> dict[str, int]:
    """Remind people of what is settled; end what ran out or is over."""
    from jobs.applications.services.appointment_clock import tend

    return tend(now=timezone.now())


@shared_task(name="jobs.applications.expire_invitations")
def expire_invitations() -> int:
    """End invitations to apply that had their fortnight."""
    from jobs.applications.services import invitations

    return invitations.expire_invitations(now=timezone.now())


@shared_task(name="jobs.applications.watch_offers")
def watch_offers() -> dict[str, int]:
    """Remind of offers that want an answer, and tell both sides when the day is over."""
    from jobs.applications.services import offers

    return offers.watch_offers(now=timezone.now())


@shared_task(name="jobs.applications.ask_retention")
def ask_retention() -> int:
    """Ask both sides how it is going 7, 30 and 90 days after the first day."""
    from jobs.applications.services import retention

    return retention.ask_retention(now=timezone.now())


@shared_task(name="jobs.applications.expire_prepared")
def expire_prepared() -> int:
    """Let prepared applications pass that nobody answered in time."""
    from jobs.applications.services import prepared

    return prepared.expire_prepared(now=timezone.now())
