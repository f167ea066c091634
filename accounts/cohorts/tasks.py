from __future__ import annotations

from celery import shared_task


@shared_task(name="accounts.cohorts.count_cohorts")
def count_cohorts() -> int:
    """Take the week's figures of every cohort, once a week."""
    from accounts.cohorts.services import cohorts
    from accounts.lib.dates import today

    return cohorts.count_cohorts(today=today())
