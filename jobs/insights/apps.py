from __future__ import annotations

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """What an employer sees of its own hiring: record, funnel, what would help."""

    name = "jobs.insights"
    label = "jobs_insights"
