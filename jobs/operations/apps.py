from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The operator's console."""

    name = "jobs.operations"
    label = "jobs_operations"
