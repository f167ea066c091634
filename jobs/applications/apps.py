from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobs.applications"
    label = "jobs_applications"

    def ready(self) -> None:
        from jobs.applications.access import applied_marks
        from jobs.search.registry import mark_postings

        mark_postings(applied_marks)
