from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The REST API for organisations, and its keys."""

    name = "jobs.api"
    label = "jobs_api"
