from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "jobs.public"
    label = "jobs_public"
