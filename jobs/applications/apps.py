from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobs.applications"
    label = "jobs_applications"

    def ready(self) -> None:
        from jobs.applications.access import applications_by_posting
        from jobs.matching.registry import count_interest

        count_interest(applications_by_posting)
