from __future__ import annotations

from django.apps import AppConfig


class TalentConfig(AppConfig):
    """What a hiring team notes about applicants, and whom it may ask again."""

    name = "jobs.talent"
    label = "jobs_talent"
