from __future__ import annotations

from celery import shared_task


@shared_task(name="jobs.matching.refresh_interest")
def refresh_interest() -> int:
    """Count applications anew for every open posting; safe to run twice."""
    from jobs.matching.services import interest

    return interest.refresh_interest()
