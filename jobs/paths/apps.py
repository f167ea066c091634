from __future__ import annotations

from django.apps import AppConfig


class PathsConfig(AppConfig):
    name = "jobs.paths"
    label = "jobs_paths"
