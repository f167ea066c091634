from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "jobs.screening"
    label = "jobs_screening"
