from __future__ import annotations

from django.apps import AppConfig


class ResumesConfig(AppConfig):
    name = "jobs.resumes"
    label = "jobs_resumes"
