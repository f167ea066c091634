from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobs.applications"
    label = "jobs_applications"
