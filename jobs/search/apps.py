from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "jobs.search"
    label = "jobs_search"
