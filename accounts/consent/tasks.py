from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.consent.make_export")
def make_export(export_id: int) -> bool:
    """Make one copy of somebody's data; safe to run twice."""
    from accounts.consent.services import exports

    return exports.work_on(export_id=export_id)


@shared_task(name="accounts.consent.make_due_exports")
def make_due_exports() -> int:
    """Go on with copies whose worker died, and delete those that had their week."""
    from accounts.consent.services import exports

    return exports.make_due(now=timezone.now())


@shared_task(name="accounts.consent.erase_due_accounts")
def erase_due_accounts() -> int:
    """Erase the accounts whose week to think it over has passed."""
    from accounts.consent.services import deletions

    return deletions.erase_due(now=timezone.now())
