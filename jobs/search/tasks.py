from __future__ import annotations

from celery import shared_task


@shared_task(name="jobs.search.fold_words")
def fold_words() -> None:
    """Take in what writers noted about word frequencies; safe to run side by side."""
    from jobs.search import services

    services.fold_words()
