from __future__ import annotations

from django.apps import AppConfig


class HiringConfig(AppConfig):
    """The employer's desk: board, list, many at once, files of them."""

    name = "jobs.hiring"
    label = "jobs_hiring"
