from __future__ import annotations

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """What an employer sees of its own hiring: record, funnel, what would help."""

    name = "jobs.insights"
    label = "jobs_insights"

    def ready(self) -> None:
        from accounts.lib.kept_pages import watch_kept
        from jobs.insights.services.counting import count_kept, count_seen
        from jobs.postings.registry import count_postings

        count_postings(count_seen)
        watch_kept(count_kept)
