from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.wellbeing.purge_check_ins")
def purge_check_ins() -> int:
    """Delete answers after 12 months, results after 24, what was half answered after a day."""
    from accounts.wellbeing.checkins.services import results

    return sum(results.purge(now=timezone.now(), apply=True).values())


@shared_task(name="accounts.wellbeing.remind_check_ins")
def remind_check_ins() -> int:
    """One neutral message a round, for those who asked for it."""
    from accounts.wellbeing.checkins.services import reminders

    return reminders.remind_due(now=timezone.now(), apply=True)
